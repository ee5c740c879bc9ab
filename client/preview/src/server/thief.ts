import type { Exchanges } from './exchanges.js';
import type { Phone } from './phones.js';
import { parsed } from './upstream.js';

const REFRESHES_BEFORE_THE_PHONE = 2;
const PATIENCE_MS = 6_000;
const LOOK_EVERY_MS = 50;
/** The phone has asked for all it wanted. */
const QUIET_MS = 400;

/** Somebody with a copy of the phone's refresh token, and no WeChat account of the victim. */
export class Thief {
  private readonly tokens = new WeakMap<Phone, string>();
  private readonly stolen = new WeakMap<Phone, string>();

  constructor(private readonly exchanges: Exchanges) {}

  /** Uses the copy twice, so that the phone's own token is no longer the one before the newest. */
  async strike(phone: Phone): Promise<boolean> {
    const stolen = phone.refreshToken;
    if (!stolen) return false;
    this.tokens.set(phone, stolen);
    this.stolen.set(phone, stolen);
    for (let times = 0; times < REFRESHES_BEFORE_THE_PHONE; times++) await this.refresh(phone);
    if (phone.accessToken) phone.spoilt.add(phone.accessToken);
    return true;
  }

  /** What the newest token of the thief is still good for, once the victim is logged in again. */
  async tryAgain(phone: Phone): Promise<boolean> {
    if (!this.tokens.has(phone)) return false;
    await this.untilQuiet(phone);
    await this.refresh(phone);
    return true;
  }

  private async untilQuiet(phone: Phone): Promise<void> {
    const isBack = () => phone.refreshToken !== this.stolen.get(phone) && phone.inFlight === 0;
    for (let waited = 0, quiet = 0; quiet < QUIET_MS && waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      quiet = isBack() ? quiet + LOOK_EVERY_MS : 0;
    }
  }

  private async refresh(phone: Phone): Promise<void> {
    const body = Buffer.from(JSON.stringify({ refreshToken: this.tokens.get(phone) }));
    const headers = { 'content-type': 'application/json', 'user-agent': 'thief' };
    const answer = await this.exchanges.pass(
      { method: 'POST', path: '/api/v1/auth/refresh', headers, body },
      phone,
      'thief',
    );
    const tokens = answer && (parsed(answer.body) as { refreshToken?: unknown } | undefined);
    if (typeof tokens?.refreshToken === 'string') this.tokens.set(phone, tokens.refreshToken);
  }
}
