import { randomBytes } from 'node:crypto';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/internet/api_getuserencryptkey.html */
const LIFETIME_SECONDS = 3600;
const KEPT = 3;

interface EncryptKey {
  readonly encrypt_key: string;
  readonly version: number;
  /** 0 once it has expired. */
  readonly expire_in: number;
  readonly iv: string;
  readonly create_time: number;
}

/** The keys with which a user's phone encrypts what it sends; the last three are known, the newest one is live. */
export class EncryptKeys {
  private keys: Omit<EncryptKey, 'expire_in'>[] = [];

  /** Newest first, after making a new key if the last one has expired. */
  latest(now: number): EncryptKey[] {
    const second = Math.floor(now / 1000);
    const isLive = this.keys.some(({ create_time }) => second - create_time < LIFETIME_SECONDS);
    if (!isLive) this.keys = [this.next(second), ...this.keys].slice(0, KEPT);
    return this.keys.map((key) => ({
      ...key,
      expire_in: Math.max(0, key.create_time + LIFETIME_SECONDS - second),
    }));
  }

  private next(second: number): Omit<EncryptKey, 'expire_in'> {
    return {
      encrypt_key: randomBytes(16).toString('base64'),
      version: (this.keys[0]?.version ?? 0) + 1,
      iv: randomBytes(8).toString('hex'),
      create_time: second,
    };
  }
}
