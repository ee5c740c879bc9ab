import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { answeredWithin } from '../../platform/database/deadline.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { AuthConfig } from '../auth.config.js';
import { EMPTY_KEYRING, type Keyring, keyringOf, type PublicJwk } from './keyring.js';
import { SigningKeyStore } from './signing-key-store.js';

interface Signer {
  kid: string;
  privateKey: KeyObject;
}

const READ_WITHIN_MS = 2_000;
const READ_AT_MOST_EVERY_MS = 100; // whatever strangers write into a token's header
const KID = /^[\w-]{43}$/;

/**
 * The ES256 keys of this installation as this process knows them. Only a read of the table that began after a token
 * came in says that its key does not exist, so that no key is ever unknown because it is new.
 */
@Injectable()
export class SigningKeys implements OnModuleInit, OnApplicationShutdown {
  private ring: Keyring = EMPTY_KEYRING;
  private opened?: Signer;
  private readAt = 0;
  private lastRead = { began: -Infinity, applied: -Infinity };
  private nextRead?: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly store: SigningKeyStore,
    private readonly secrets: SecretBox,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Makes the first key of a new installation; of servers that start together one does. */
  async onModuleInit(): Promise<void> {
    await this.read();
    if (!this.ring.signing) {
      await this.store.insert('signing');
      await this.read();
    }
    this.open(); // or the server does not start
    this.pollLater();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The key that signs now. */
  async signer(): Promise<Signer> {
    if (this.isStale()) await this.refresh();
    return this.open();
  }

  /** True while tokens of this key are good, as far as this process knows and may still trust what it knows. */
  accepts(kid: string): boolean {
    return this.ring.publicKeys.has(kid) && !this.isStale();
  }

  /** The key with which tokens of this `kid` are verified; another process may have made it a moment ago. */
  async findPublicKey(kid: string): Promise<KeyObject | null> {
    if (!KID.test(kid)) return null;
    if (!this.accepts(kid)) await this.refresh();
    return this.ring.publicKeys.get(kid) ?? null;
  }

  publicJwks(): PublicJwk[] {
    return this.ring.jwks;
  }

  /** Reads the table, now or a moment after the last time; all who ask before that share one read. */
  refresh(): Promise<void> {
    this.nextRead ??= this.readNext();
    return this.nextRead;
  }

  private async readNext(): Promise<void> {
    await delay(Math.max(0, this.lastRead.began + READ_AT_MOST_EVERY_MS - performance.now()));
    this.nextRead = undefined; // whoever comes from here on needs a later one
    await this.read();
  }

  private async read(): Promise<void> {
    const now = this.clock.now();
    const began = performance.now();
    this.lastRead.began = began;
    const rows = await answeredWithin(READ_WITHIN_MS, this.store.findAll());
    if (began < this.lastRead.applied) return; // a later read was faster
    this.lastRead.applied = began;
    this.ring = keyringOf(rows, this.ring, now);
    this.readAt = now.getTime();
  }

  private pollLater(): void {
    this.timer = setTimeout(() => void this.poll(), this.config.revocationPollMs).unref();
  }

  private async poll(): Promise<void> {
    await this.read().catch((err: unknown) => {
      if (this.timer) this.logger.warn({ err }, 'signing keys could not be read, will try again');
    });
    if (this.timer) this.pollLater();
  }

  private isStale(): boolean {
    return this.clock.isOutdated(this.readAt, this.config.revocationStaleMs);
  }

  private open(): Signer {
    const { kid, privateKeyEncrypted: sealed } = this.ring.signing ?? {};
    if (!kid || !sealed) throw new Error('There is no signing key');
    if (this.opened?.kid === kid) return this.opened;
    const privateKey = createPrivateKey({ key: this.secrets.open(sealed, kid), format: 'der', type: 'pkcs8' });
    this.opened = { kid, privateKey };
    return this.opened;
  }
}
