import { Injectable } from '@nestjs/common';
import type { Client } from '../../platform/identity/client.js';
import type { Credential } from '../../users/credentials/credential-store.js';
import { OwnPasswords } from '../../users/credentials/own-passwords.js';
import { PasswordAttempts } from '../../users/passwords/password-attempts.js';
import { UsersService } from '../../users/users.service.js';
import { WechatIdentities } from '../login/wechat-identities.js';

/** What somebody shows to prove again who they are: their password, or a code from `wx.login`. */
export type Proof = { password: string } | { code: string; appId?: string };

/** Judges what people who are logged in show to prove again who they are. A wrong proof counts as a failed login. */
@Injectable()
export class Proofs {
  constructor(
    private readonly passwords: OwnPasswords,
    private readonly attempts: PasswordAttempts,
    private readonly users: UsersService,
    private readonly identities: WechatIdentities,
  ) {}

  /**
   * @throws TooManyAttemptsError, ServiceUnavailableError, and for a code LoginCodeInvalidError, LoginCodeUsedError,
   * WechatUserBlockedError, WechatRateLimitedError, WechatUnavailableError, WechatMisconfiguredError,
   * WechatAppUnknownError
   */
  async isOf(credential: Credential, proof: Proof, { ipAddress }: Client): Promise<boolean> {
    if ('password' in proof) return this.passwords.isRight(credential, proof.password, ipAddress);
    const { userId } = credential;
    const target = { account: { userId }, ipAddress, isKnownDevice: () => Promise.resolve(true) };
    const recognise = async () => (await this.isWechatOf(userId, proof)) || null;
    return (await this.attempts.count(target, recognise)) !== null;
  }

  private async isWechatOf(userId: string, { code, appId }: { code: string; appId?: string }): Promise<boolean> {
    const app = this.identities.getAppId(appId);
    const identity = await this.identities.exchange({ loginCode: code, appId: app });
    return (await this.users.recogniseWechat(identity))?.id === userId;
  }
}
