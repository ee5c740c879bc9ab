import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { UserErasure } from '../../users/erasure/user-erasure.js';
import { UsersService } from '../../users/users.service.js';
import { WechatBinding } from '../../users/wechat/wechat-binding.js';
import { WechatIdentities } from '../login/wechat-identities.js';
import { CredentialChanges } from './credential-changes.js';

/** Ties WeChat accounts to the caller, and unties them and the phone number. */
@Injectable()
export class Bindings {
  constructor(
    private readonly changes: CredentialChanges,
    private readonly identities: WechatIdentities,
    private readonly wechat: WechatBinding,
    private readonly users: UsersService,
    private readonly erasure: UserErasure,
  ) {}

  /**
   * Ties the WeChat account that made the code; one that is tied to the caller already stays so.
   * @throws ReauthenticationRequiredError, WechatAlreadyBoundError, and what a login with the code throws
   */
  async bindWechat(caller: Caller, proof: { code: string; appId?: string }, client: Client): Promise<void> {
    const id = await this.changes.requireRecent(caller); // before the code is used up
    const appId = this.identities.getAppId(proof.appId);
    const login = await this.identities.exchange({ loginCode: proof.code, appId });
    if (await this.wechat.isBound(id, login)) return;
    const change = { caller, client, type: 'wechat.bound', detail: { appId } } as const;
    await this.changes.apply(change, async (statements, userId) => {
      await this.wechat.bind(statements, userId, login);
      return true;
    });
  }

  /** @throws ReauthenticationRequiredError, WechatNotBoundError, LastCredentialError */
  async unbindWechat(caller: Caller, appId: string, client: Client): Promise<void> {
    const change = { caller, client, type: 'wechat.unbound', detail: { appId } } as const;
    await this.changes.apply(change, async (statements, userId) => {
      await this.wechat.unbind(statements, userId, appId);
      return true;
    });
  }

  /**
   * Who has no number has none afterwards.
   * @throws ReauthenticationRequiredError, LastCredentialError
   */
  async removePhone(caller: Caller, client: Client): Promise<void> {
    await this.changes.apply({ caller, client, type: 'phone.removed' }, async (statements, userId) => {
      const { phone } = await this.users.getUser(userId, statements);
      if (phone === null) return false;
      await this.erasure.eraseFields(userId, ['phone'], statements);
      return true;
    });
  }
}
