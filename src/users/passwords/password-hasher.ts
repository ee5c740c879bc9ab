import { Inject, Injectable } from '@nestjs/common';
import bcrypt from 'bcrypt';
import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import { ServiceUnavailableError } from '../../platform/errors/request.errors.js';
import { type ForeignHash, readStoredHash, writeForeignHash } from './stored-hash.js';

const QUEUE_MAX = 64;
const RETRY_AFTER_SECONDS = 5;
// Keeps our pre-hash apart from a plain SHA-256 that another site may have leaked.
const PREHASH_LABEL = 'wx-login/password/v1';

/**
 * bcrypt over a fixed-length pre-hash, so that nothing after byte 72 is ignored. At most cores − 1 hashes run at once
 * and at most 64 wait; beyond that the caller is told to come back.
 */
@Injectable()
export class PasswordHasher {
  private readonly cost: number;
  private readonly run = pLimit(Math.max(1, availableParallelism() - 1));
  private readonly nobody: Promise<string>;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.cost = environment.BCRYPT_COST;
    this.nobody = bcrypt.hash(prehash('nobody has this password'), this.cost);
  }

  /** @throws ServiceUnavailableError when too many are waiting */
  hash(password: string): Promise<string> {
    return this.bounded(() => bcrypt.hash(prehash(password), this.cost));
  }

  /**
   * Without a stored hash it does the same work and says no: an unknown user takes as long as a wrong password, also
   * where the stored hash is of a lower cost than today's.
   * @throws ServiceUnavailableError when too many are waiting
   */
  async verify(password: string, storedHash: string | null): Promise<boolean> {
    const { bcrypt: against, digest } = readStoredHash(storedHash ?? (await this.nobody));
    const isRight = await this.bounded(() => this.compare((digest ?? prehash)(password), against));
    return isRight && storedHash !== null;
  }

  /** True for a hash made with a lower cost than today's, or by another system. */
  isOutdated(storedHash: string): boolean {
    const { bcrypt: computed, digest } = readStoredHash(storedHash);
    return digest !== null || bcrypt.getRounds(computed) < this.cost;
  }

  /**
   * Takes over a hash of another system: bcrypt as it is, anything weaker only with bcrypt around it. For many at once:
   * they wait for each other, however many there are.
   */
  async takeOver(foreign: ForeignHash): Promise<string> {
    if (foreign.kind === 'bcrypt') return writeForeignHash(foreign);
    const hash = await this.run(() => bcrypt.hash(foreign.hash.toLowerCase(), this.cost));
    return writeForeignHash({ ...foreign, hash });
  }

  // Work doubles with each step of the cost: what an older hash lacks is exactly one hash of each cost up to today's.
  private async compare(hashed: string, against: string): Promise<boolean> {
    if (await bcrypt.compare(hashed, against)) return true;
    for (let cost = bcrypt.getRounds(against); cost < this.cost; cost++) await bcrypt.hash(hashed, cost);
    return false;
  }

  private bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.run.pendingCount >= QUEUE_MAX)
      return Promise.reject(new ServiceUnavailableError({ retryAfterSeconds: RETRY_AFTER_SECONDS }));
    return this.run(work);
  }
}

// NFKC, so that one password typed on two keyboards is one password (NIST SP 800-63B, 3.1.1.2).
function prehash(password: string): string {
  return createHmac('sha256', PREHASH_LABEL).update(password.normalize('NFKC')).digest('base64');
}
