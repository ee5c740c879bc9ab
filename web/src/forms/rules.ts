import type { Rule } from 'antd/es/form';
import { passwordRules } from '../../../src/users/passwords/password-rules.js';
import { USERNAME } from '../../../src/users/username-rule.js';
import type { Language, Translate } from '../i18n/i18n.js';

const EMAIL_MAX = 100;
const NICKNAME_MAX = 64;
const PASSWORD_MAX = 128;
// As strict as it has to be here: the server judges in the end.
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Check = (value: string) => string | undefined;

/** A rule of one sentence: the text of what is wrong, or nothing. An empty field is a matter of `required`. */
function rule(check: Check): Rule {
  return {
    validator: (_, value: unknown) => {
      const problem = typeof value === 'string' && value !== '' ? check(value) : undefined;
      return problem ? Promise.reject(new Error(problem)) : Promise.resolve();
    },
  };
}

const required = (message: string): Rule => ({ required: true, message });

/** Length from PASSWORD_MIN_LENGTH, as the server has written it into the page. */
export function passwordMinLength(): number {
  const written = document.querySelector<HTMLMetaElement>('meta[name=password-min-length]')?.content;
  return Number(written) || 8;
}

/** What is wrong with a password, by the server's own rules; the first of them that is broken. */
export function passwordProblem(password: string, about: { username: string; language: Language }): string | undefined {
  const judged = password.normalize('NFKC');
  const rules = passwordRules(passwordMinLength());
  const broken = rules.find((each) => each.isBroken(judged, about.username));
  return broken && fieldProblem(broken.message, about.language);
}

/** English rules are the end of a sentence that begins with the password. */
function fieldProblem(message: { zh: string; en: string }, language: Language): string {
  return language === 'zh' ? message.zh : `The password ${message.en}`;
}

export function usernameRules(t: Translate): Rule[] {
  return [
    required(t('rules.usernameMissing')),
    rule((value) => (USERNAME.test(value) ? undefined : t('rules.username'))),
  ];
}

export function passwordRulesFor(t: Translate, about: { language: Language; username: () => string }): Rule[] {
  return [
    required(t('rules.passwordMissing')),
    rule((value) => passwordProblem(value, { language: about.language, username: about.username() })),
    { max: PASSWORD_MAX, message: t('rules.tooLong', { max: PASSWORD_MAX }) },
  ];
}

export function emailRules(t: Translate): Rule[] {
  return [
    rule((value) => (EMAIL.test(value) ? undefined : t('rules.email'))),
    { max: EMAIL_MAX, message: t('rules.tooLong', { max: EMAIL_MAX }) },
  ];
}

export function nicknameRules(t: Translate): Rule[] {
  return [{ max: NICKNAME_MAX, message: t('rules.tooLong', { max: NICKNAME_MAX }) }];
}

export function httpsRules(t: Translate): Rule[] {
  return [rule((value) => (/^https:\/\/[^\s]+$/.test(value) ? undefined : t('rules.url')))];
}
