import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import type { FieldProblem, Localized } from '../../platform/errors/app-error.js';
import { PasswordTooWeakError } from '../users.errors.js';
import { isCommonPassword } from './common-passwords.js';

interface Rule {
  code: string;
  message: Localized;
  isBroken: (password: string, username: string) => boolean;
}

const rules = (minLength: number): Rule[] => [
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
    code: 'common',
    message: { zh: '该密码过于常见，请换一个', en: 'is one of the most common passwords' },
    isBroken: (password) => isCommonPassword(password),
  },
  {
    code: 'sameAsUsername',
    message: { zh: '密码不能与用户名相同', en: 'must not be the username' },
    isBroken: (password, username) => password.toLowerCase() === username.toLowerCase(),
  },
];

/** What a new password has to be: length from PASSWORD_MIN_LENGTH, three kinds of characters, not a common one. */
@Injectable()
export class PasswordPolicy {
  private readonly rules: Rule[];

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.rules = rules(environment.PASSWORD_MIN_LENGTH);
  }

  /** @throws PasswordTooWeakError naming every broken rule */
  require(password: string, username: string, { field }: { field: string } = { field: 'password' }): void {
    const judged = password.normalize('NFKC'); // what is hashed, see PasswordHasher
    const broken = this.rules.filter((rule) => rule.isBroken(judged, username));
    const fields: FieldProblem[] = broken.map(({ code, message }) => ({ field, code, message }));
    if (fields.length) throw new PasswordTooWeakError({ fields });
  }
}
