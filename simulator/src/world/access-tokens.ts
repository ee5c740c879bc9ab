import type { Clock } from './clock.js';
import { newAccessToken } from './identifiers.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html */
const LIFETIME_MS = 7200 * 1000;
const OVERLAP_MS = 5 * 60_000;
const BETWEEN_FORCED_MS = 30_000;

type Kind = 'token' | 'stable_token';

export interface AccessToken {
  readonly text: string;
  readonly appId: string;
  readonly kind: Kind;
  /** When its 7,200 seconds are over. */
  readonly expiresAt: number;
  /** When it stops working: earlier than it expires if a newer one took its place. */
  endsAt: number;
  readonly forced: boolean;
}

/** The access_tokens of all apps; what GET token gives and what stable_token gives never touch each other. */
export class AccessTokens {
  private readonly byText = new Map<string, AccessToken>();
  private readonly latest = new Map<string, AccessToken>();

  constructor(private readonly clock: Clock) {}

  /** A new token each time, as GET /cgi-bin/token gives; the one before works for five more minutes. */
  renew(appId: string): AccessToken {
    return this.replace(appId, 'token', this.clock.now() + OVERLAP_MS);
  }

  /** The same token until its last five minutes, then a new one beside it. */
  stable(appId: string): AccessToken {
    const latest = this.latestOf(appId, 'stable_token');
    if (latest && this.remainingMs(latest) > OVERLAP_MS) return latest;
    return this.replace(appId, 'stable_token', Infinity);
  }

  /** A new stable token, which ends the one before at once. */
  force(appId: string): AccessToken {
    return this.replace(appId, 'stable_token', this.clock.now(), true);
  }

  /** WeChat does not refresh by force twice within 30 seconds. */
  wasForcedJustNow(appId: string): boolean {
    const latest = this.latestOf(appId, 'stable_token');
    if (!latest?.forced) return false;
    return this.clock.now() - (latest.expiresAt - LIFETIME_MS) < BETWEEN_FORCED_MS;
  }

  find(text: string): AccessToken | undefined {
    return this.byText.get(text);
  }

  /** Ends every token of the app without giving a new one, as WeChat does on its own side now and then. */
  end(appId: string): void {
    for (const token of this.working()) if (token.appId === appId) token.endsAt = this.clock.now();
  }

  /** The tokens that work now. */
  working(): AccessToken[] {
    return [...this.byText.values()].filter((token) => this.remainingMs(token) > 0);
  }

  remainingMs({ endsAt }: AccessToken): number {
    return endsAt - this.clock.now();
  }

  private latestOf(appId: string, kind: Kind): AccessToken | undefined {
    return this.latest.get(`${kind}/${appId}`);
  }

  private replace(appId: string, kind: Kind, previousEndsAt: number, forced = false): AccessToken {
    const previous = this.latestOf(appId, kind);
    if (previous) previous.endsAt = Math.min(previous.endsAt, previousEndsAt);
    const expiresAt = this.clock.now() + LIFETIME_MS;
    const token = { text: newAccessToken(), appId, kind, expiresAt, endsAt: expiresAt, forced };
    this.byText.set(token.text, token);
    this.latest.set(`${kind}/${appId}`, token);
    return token;
  }
}
