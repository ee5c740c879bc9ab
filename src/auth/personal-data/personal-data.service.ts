import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { UserIds } from '../../users/erasure/user-ids.js';
import { actorOf, type AdminAct } from '../standing/user-act.js';
import { AccountClosing } from './account-closing.js';
import { AccountErasure } from './account-erasure.js';
import { type AccountData, AccountExport } from './account-export.js';

/** What is stored about people: given to them, and erased when they ask. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly ids: UserIds,
    private readonly exports: AccountExport,
    private readonly closing: AccountClosing,
    private readonly erasure: AccountErasure,
  ) {}

  /** @throws UserNotFoundError */
  async exportOwn({ userId }: Caller, client: Client): Promise<AccountData> {
    return this.exports.export(await this.ids.allOf(userId), { client });
  }

  /**
   * @throws InvalidCredentialsError, TooManyAttemptsError, ReauthenticationRequiredError, ServiceUnavailableError,
   * UserNotFoundError, LastAdminError
   */
  async eraseOwn(caller: Caller, password: string | null | undefined, client: Client): Promise<void> {
    await this.closing.requireProof(caller, password, client);
    await this.erasure.erase(await this.ids.allOf(caller.userId), { method: 'user' });
  }

  /**
   * For somebody who asked for it elsewhere; at the command line there is no admin.
   * @throws UserNotFoundError
   */
  async exportUser(userId: string, by?: AdminAct): Promise<AccountData> {
    return this.exports.export(await this.ids.allOf(userId), actorOf(by));
  }

  /** @throws UserNotFoundError, OwnAccountError, ForbiddenError, LastAdminError */
  async eraseUser(userId: string, by?: AdminAct): Promise<void> {
    await this.erasure.erase(await this.ids.allOf(userId), { by, method: by ? 'admin' : 'operator' });
  }
}
