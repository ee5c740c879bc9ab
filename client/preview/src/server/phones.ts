import { Audience } from './audience.js';

const MOST = 200;

/** What the preview knows of one phone frame; two browser tabs are two phones. */
export class Phone {
  readonly audience = new Audience();
  /** Requests of this phone that the server has not answered. */
  inFlight = 0;
  /** The next answer to a refresh gets lost on the way. */
  dropsNextRefresh = false;
  /** Access tokens whose signature is damaged on the way to the server. */
  readonly spoilt = new Set<string>();
  /** The newest tokens that passed by: what a thief with a copy of the phone's memory would have. */
  accessToken: string | undefined;
  refreshToken: string | undefined;
}

/** The phones by the name their page gave them. */
export class Phones {
  private readonly phones = new Map<string, Phone>();
  private readonly codes = new Map<string, Phone>();

  named(name: string): Phone {
    const phone = this.phones.get(name) ?? new Phone();
    this.phones.delete(name);
    this.phones.set(name, phone);
    if (this.phones.size > MOST) this.forgetOldest();
    return phone;
  }

  /** So that what the server asks WeChat about this code can be told to the right page. */
  rememberCode(code: string, phone: Phone): void {
    this.codes.set(code, phone);
    const [oldest] = this.codes.keys();
    if (this.codes.size > MOST && oldest !== undefined) this.codes.delete(oldest);
  }

  withCode(code: unknown): Phone | undefined {
    return typeof code === 'string' ? this.codes.get(code) : undefined;
  }

  waiting(): Phone[] {
    return [...this.phones.values()].filter(({ inFlight }) => inFlight > 0);
  }

  close(): void {
    for (const { audience } of this.phones.values()) audience.close();
  }

  private forgetOldest(): void {
    const [oldest] = this.phones;
    if (oldest) this.phones.delete(oldest[0]);
  }
}
