import { Inject, Injectable } from '@nestjs/common';
import { hkdfSync } from 'node:crypto';
import { ENVIRONMENT, type Environment } from '../config/environment.js';

const KEY_BYTES = 32; // AES-256 and HMAC-SHA256

/** Derives one key for each purpose from APP_SECRET (HKDF, RFC 5869), so that no key is ever used for two things. */
@Injectable()
export class DerivedKeys {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.environment.APP_SECRET, 'wx-login', purpose, KEY_BYTES));
  }
}
