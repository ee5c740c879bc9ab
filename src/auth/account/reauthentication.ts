import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { RecentLogin } from '../../sessions/recent/recent-login.js';
import { type Credential, CredentialStore } from '../../users/credentials/credential-store.js';
import { InvalidCredentialsError } from '../auth.errors.js';
import { type Proof, Proofs } from './proofs.js';

/** Lets people who are logged in prove again who they are, before they change how they log in. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly proofs: Proofs,
    private readonly recent: RecentLogin,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Makes this session's login a recent one.
   * @throws InvalidCredentialsError, TooManyAttemptsError, ServiceUnavailableError, SessionEndedError, UserNotFoundError,
   * and for a code what a login with it throws
   */
  async renew(caller: Caller, proof: Proof, client: Client): Promise<void> {
    const credential = await this.credentials.get(caller.userId);
    await this.requireProof(caller, { credential, proof, client });
    await this.recent.renew(caller);
    this.record('ok', caller, { proof, client });
  }

  private async requireProof(
    caller: Caller,
    { credential, proof, client }: { credential: Credential; proof: Proof; client: Client },
  ): Promise<void> {
    if (await this.proofs.isOf(credential, proof, client)) return;
    this.record('refused', caller, { proof, client });
    throw new InvalidCredentialsError();
  }

  private record(outcome: 'ok' | 'refused', who: Caller, { proof, client }: { proof: Proof; client: Client }): void {
    const detail = { method: 'password' in proof ? 'password' : 'wechat' };
    const { userId, sessionId } = who;
    this.audit.record({ type: 'reauthentication', outcome, userId, sessionId, client, detail });
  }
}
