import { Injectable } from '@nestjs/common';
import type { Client } from '../../platform/identity/client.js';
import { SessionInspection } from '../../sessions/live/session-inspection.js';
import { SessionEndings } from '../../sessions/session-endings.js';
import type { RefreshableSession } from '../../sessions/session-store.js';
import type { AccessTokenClaims } from '../access-token/access-token-claims.js';
import { AccessTokenReader } from '../access-token/access-token-reader.js';
import { UnsupportedTokenTypeError } from '../service-clients/service-clients.errors.js';

/** A token that is good at this moment, with its session. */
export interface LiveToken {
  session: RefreshableSession;
  /** Absent for a refresh token. */
  claims?: AccessTokenClaims;
}

/** The service that asks, and from where. */
export interface AskingService {
  clientId: string;
  client: Client;
}

const TOKEN_TYPES = ['access_token', 'refresh_token'];

/** Tells other services about tokens, from the database each time: an ended session is known at once. */
@Injectable()
export class TokenInspection {
  constructor(
    private readonly accessTokens: AccessTokenReader,
    private readonly sessions: SessionInspection,
    private readonly endings: SessionEndings,
  ) {}

  /** Null for every token that is not good, whatever the reason. */
  async inspect(token: string): Promise<LiveToken | null> {
    const claims = await this.accessTokens.read(token);
    if (!claims) return this.inspectRefreshToken(token);
    const session = await this.sessions.findLive(claims.sid);
    return session && { session, claims };
  }

  /**
   * Ends the session of a token, and so all its tokens. One that is not good needs no revoking.
   * @throws UnsupportedTokenTypeError
   */
  async revoke(token: string, hint: string | undefined, { clientId, client }: AskingService): Promise<void> {
    if (hint !== undefined && !TOKEN_TYPES.includes(hint)) throw new UnsupportedTokenTypeError();
    const live = await this.inspect(token);
    if (!live) return;
    const { id, user } = live.session;
    await this.endings.end({ id, userId: user.id }, { reason: 'revoked', client, detail: { clientId } });
  }

  private async inspectRefreshToken(token: string): Promise<LiveToken | null> {
    const session = await this.sessions.findByRefreshToken(token);
    return session && { session };
  }
}
