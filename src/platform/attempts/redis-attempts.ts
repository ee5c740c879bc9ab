import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Redis } from '../redis/redis.js';
import {
  type AttemptOutcome,
  type AttemptPlace,
  FIRST_WAIT_MS,
  LEASE_MS,
  LONGEST_WAIT_MS,
  PLACE_WAIT_MS,
} from './attempt-rules.js';
import { LocalAttempts } from './local-attempts.js';
import { SETTLE, TAKE } from './redis-scripts.js';

const PREFIX = 'wxl:{attempts}:'; // one slot of a cluster, as a script needs
const EPOCH_KEY = `${PREFIX}epoch`;
const TAKEN_FIELDS = 4;
const SETTLED_FIELDS = 3;

/**
 * The attempts of all processes, in Redis: one script to take places, one to settle them. Where Redis does not answer,
 * a method says so and has counted nothing.
 */
@Injectable()
export class RedisAttempts {
  constructor(
    private readonly redis: Redis,
    private readonly local: LocalAttempts,
  ) {}

  get isConfigured(): boolean {
    return this.redis.commands !== null;
  }

  /** As AttemptStore.take; null where Redis does not answer. */
  async take(places: AttemptPlace[], now: number): Promise<number[] | null> {
    const general = [now, LEASE_MS, PLACE_WAIT_MS, freshEpoch()];
    const answer = await this.run(TAKE, places, [...general, ...places.flatMap((place) => this.takeArguments(place))]);
    if (!answer) return null;
    const [epoch = '', ...fields] = answer;
    return places.map((place, i) => {
      const [wait, ...state] = fields.slice(i * TAKEN_FIELDS, (i + 1) * TAKEN_FIELDS);
      this.local.remember(place, stateOf(epoch, state));
      return Number(wait);
    });
  }

  /** False where Redis does not answer. */
  async settle(places: AttemptPlace[], outcome: AttemptOutcome, now: number): Promise<boolean> {
    const general = [now, outcome, FIRST_WAIT_MS, LONGEST_WAIT_MS, freshEpoch()];
    const answer = await this.run(SETTLE, places, [...general, ...places.flatMap(settleArguments)]);
    if (!answer) return false;
    const [epoch = '', ...fields] = answer;
    places.forEach((place, i) => {
      const state = stateOf(epoch, fields.slice(i * SETTLED_FIELDS, (i + 1) * SETTLED_FIELDS));
      const known = this.local.known(place.id);
      // A Redis that lost its memory since the place was taken is told at the next one.
      if (known && (known.isAhead || known.epoch !== state.epoch)) void this.local.settle([place], outcome, now);
      else this.local.remember(place, state);
    });
    return true;
  }

  /** False where Redis does not answer. */
  async forget(ids: Buffer[]): Promise<boolean> {
    return (await this.redis.attempt((client) => client.del(ids.map(keyOf)))) !== null;
  }

  private takeArguments({ id, limit }: AttemptPlace): (string | number)[] {
    const known = this.local.known(id);
    const { epoch = '', isAhead = false, failures = 0, blockedUntil = 0, forgetAt = 0 } = known ?? {};
    return [limit.free, limit.forgetAfterMs, epoch, isAhead ? 1 : 0, failures, blockedUntil, forgetAt];
  }

  private run(script: string, places: AttemptPlace[], parameters: (string | number)[]) {
    const keys = [EPOCH_KEY, ...places.map(({ id }) => keyOf(id))];
    return this.redis.script<(string | number)[]>(script, keys, parameters);
  }
}

// Given to Redis when it has none, so that a restart without its memory shows: never twice the same.
function freshEpoch(): string {
  return randomUUID();
}

function settleArguments({ limit }: AttemptPlace): number[] {
  return [limit.free, limit.forgetAfterMs, limit.clearedBySuccess ? 1 : 0];
}

function stateOf(epoch: string | number, fields: (string | number)[]) {
  const [failures, blockedUntil, forgetAt] = fields.map(Number);
  return { epoch: String(epoch), failures: failures!, blockedUntil: blockedUntil!, forgetAt: forgetAt! };
}

function keyOf(id: Buffer): string {
  return PREFIX + id.toString('base64url');
}
