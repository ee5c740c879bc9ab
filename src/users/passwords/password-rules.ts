import type { Localized } from '../../platform/errors/app-error.js';

/** One thing that a password has to be, with the code and the text of an answer that says it is not. */
export interface PasswordRule {
  code: string;
  message: Localized;
  isBroken: (password: string, username: string) => boolean;
}

/** What can be said of a password by looking at it; the web page asks the same while somebody types. */
export const passwordRules = (minLength: number): PasswordRule[] => [
  {
    code: 'tooShort',
    message: { zh: `密码至少 ${minLength} 位`, en: `must have at least ${minLength} characters` },
    isBroken: (password) => [...password].length < minLength,
  },
  {
    code: 'noUpperCase',
    message: { zh: '密码须包含大写字母', en: 'must contain an upper-case letter' },
    isBroken: (password) => !/\p{Lu}/u.test(password),
  },
  {
    code: 'noLowerCase',
    message: { zh: '密码须包含小写字母', en: 'must contain a lower-case letter' },
    isBroken: (password) => !/\p{Ll}/u.test(password),
  },
  {
    code: 'noSpecialCharacter',
    message: { zh: '密码须包含特殊字符', en: 'must contain a special character' },
    isBroken: (password) => !/[^\p{L}\p{N}]/u.test(password),
  },
  {
    code: 'sameAsUsername',
    message: { zh: '密码不能与用户名相同', en: 'must not be the username' },
    isBroken: (password, username) => password.toLowerCase() === username.toLowerCase(),
  },
];
