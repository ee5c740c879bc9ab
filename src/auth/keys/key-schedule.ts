import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { AuthConfig } from '../auth.config.js';
import type { SigningKey } from './signing-key.entity.js';

/** How long whoever verifies tokens by themselves may keep the JWKS. */
export const JWKS_MAX_AGE_SECONDS = 300;

const PUBLISHED_FOR_MS = 2 * JWKS_MAX_AGE_SECONDS * 1000;
const DAY_MS = 24 * 3600 * 1000;
const MARGIN_MS = 60_000; // for clocks that differ, and for a process that learns late which key signs

/** When a signing key comes into use, gets old, and is needed no more. */
@Injectable()
export class KeySchedule {
  constructor(
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  /** By then nobody has a JWKS from before the key was published. */
  signsAt({ createdAt }: Pick<SigningKey, 'createdAt'>): Date {
    return new Date(createdAt.getTime() + PUBLISHED_FOR_MS);
  }

  maySign(published: SigningKey): boolean {
    return this.signsAt(published) <= this.clock.now();
  }

  isOld({ createdAt }: SigningKey): boolean {
    return this.clock.now().getTime() - createdAt.getTime() >= this.config.signingKeyMaxAgeDays * DAY_MS;
  }

  /** When the last token of a key that retires now has expired. */
  verifiesUntil(): Date {
    return new Date(this.clock.now().getTime() + this.config.accessTokenMaxSeconds * 1000 + MARGIN_MS);
  }
}
