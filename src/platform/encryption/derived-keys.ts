import { Inject, Injectable } from '@nestjs/common';
import { hkdfSync } from 'node:crypto';
import { ENVIRONMENT, type Environment } from '../config/environment.js';

const KEY_BYTES = 32; // AES-256 and HMAC-SHA256

/** Derives one key for each purpose from APP_SECRET (HKDF, RFC 5869), so that no key is ever used for two things. */
@Injectable()
export class DerivedKeys {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  derive(purpose: string): Buffer {
    return deriveFrom(this.environment.APP_SECRET, purpose);
  }

  /** The same key of the secret that is in use and then of each that is still accepted, while APP_SECRET is replaced. */
  deriveAll(purpose: string): Buffer[] {
    const { APP_SECRET, APP_SECRET_PREVIOUS } = this.environment;
    return [...new Set([APP_SECRET, ...APP_SECRET_PREVIOUS])].map((secret) => deriveFrom(secret, purpose));
  }
}

function deriveFrom(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'wx-login', purpose, KEY_BYTES));
}
