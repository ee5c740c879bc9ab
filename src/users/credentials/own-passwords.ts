import { Injectable } from '@nestjs/common';
import { PasswordAttempts } from '../passwords/password-attempts.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { PasswordPolicy } from '../passwords/password-policy.js';
import type { Credential } from './credential-store.js';

/** A new password, for whom, and what its field is called. */
export interface NewPassword {
  password: string;
  username: string;
  field: string;
}

/** The passwords of people who are logged in. */
@Injectable()
export class OwnPasswords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly attempts: PasswordAttempts,
  ) {}

  /**
   * Is it theirs? A wrong one counts like one at the login, in the counter of the account's known devices when
   * somebody else has used up that of the account.
   * @throws TooManyAttemptsError, ServiceUnavailableError
   */
  async isRight({ userId, passwordHash }: Credential, password: string, ipAddress: string): Promise<boolean> {
    const target = { account: { userId }, ipAddress, isKnownDevice: () => Promise.resolve(true) };
    const verify = async () => (await this.hasher.verify(password, passwordHash)) || null;
    return (await this.attempts.count(target, verify)) !== null;
  }

  /** @throws PasswordTooWeakError, ServiceUnavailableError */
  async hashNew({ password, username, field }: NewPassword): Promise<string> {
    this.policy.require(password, username, { field });
    return this.hasher.hash(password);
  }
}
