import { Injectable } from '@nestjs/common';
import { KeyChanges } from './key-changes.js';
import { KeySchedule } from './key-schedule.js';
import type { SigningKey, SigningKeyState } from './signing-key.entity.js';
import { SigningKeyStore } from './signing-key-store.js';
import { SigningKeys } from './signing-keys.js';

/** A signing key as an operator sees it. */
export interface KeyStanding {
  kid: string;
  state: SigningKeyState;
  createdAt: Date;
  /** Of a published key: when it comes into use. */
  signsAt: Date | null;
  /** Of a retired key: when it disappears. */
  verifiesUntil: Date | null;
}

/** Replaces signing keys: by age, by command, and in an emergency at once. Many processes may do it together. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly changes: KeyChanges,
    private readonly store: SigningKeyStore,
    private readonly keys: SigningKeys,
    private readonly schedule: KeySchedule,
  ) {}

  /** Newest first. */
  async list(): Promise<KeyStanding[]> {
    return (await this.store.findAll()).map((key) => this.standingOf(key));
  }

  /** Publishes the next key, unless one is published already, and says when it will sign. Nobody notices anything. */
  async rotate(): Promise<KeyStanding> {
    await this.changes.publish();
    const next = (await this.list()).find(({ state }) => state === 'published');
    return next ?? this.rotate(); // it came into use this very moment
  }

  /**
   * For a key that has leaked: its tokens are refused everywhere in under a second, and clients come back with their
   * refresh tokens. False when there is no such key.
   */
  async revoke(kid: string): Promise<boolean> {
    const isRevoked = await this.changes.revoke(kid);
    if (isRevoked) await this.keys.refresh();
    return isRevoked;
  }

  /** Does what is due. */
  async tend(): Promise<void> {
    const keys = await this.store.findAll();
    const [signing, published] = (['signing', 'published'] as const).map((state) => {
      return keys.find((key) => key.state === state);
    });
    if (signing && published && this.schedule.maySign(published))
      await this.changes.replace(signing.kid, published.kid);
    else if (signing && !published && this.schedule.isOld(signing)) await this.changes.publish();
    await this.store.deleteExpired();
  }

  private standingOf(key: SigningKey): KeyStanding {
    const { kid, state, createdAt, verifiesUntil } = key;
    return { kid, state, createdAt, signsAt: state === 'published' ? this.schedule.signsAt(key) : null, verifiesUntil };
  }
}
