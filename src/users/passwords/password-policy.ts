import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import type { FieldProblem } from '../../platform/errors/app-error.js';
import { PasswordTooWeakError } from '../users.errors.js';
import { isCommonPassword } from './common-passwords.js';
import { type PasswordRule, passwordRules } from './password-rules.js';

const COMMON: PasswordRule = {
  code: 'common',
  message: { zh: '该密码过于常见，请换一个', en: 'is one of the most common passwords' },
  isBroken: (password) => isCommonPassword(password),
};

/** What a new password has to be: length from PASSWORD_MIN_LENGTH, three kinds of characters, not a common one. */
@Injectable()
export class PasswordPolicy {
  private readonly rules: PasswordRule[];

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.rules = [...passwordRules(environment.PASSWORD_MIN_LENGTH), COMMON];
  }

  /** @throws PasswordTooWeakError naming every broken rule */
  require(password: string, username: string, { field }: { field: string } = { field: 'password' }): void {
    const judged = password.normalize('NFKC'); // what is hashed, see PasswordHasher
    const broken = this.rules.filter((rule) => rule.isBroken(judged, username));
    const fields: FieldProblem[] = broken.map(({ code, message }) => ({ field, code, message }));
    if (fields.length) throw new PasswordTooWeakError({ fields });
  }
}
