import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { asDate, Database } from '../database/database.js';
import { isCheckViolation } from '../database/database-errors.js';
import {
  type AttemptCounter,
  type AttemptOutcome,
  type AttemptPlace,
  counterAt,
  LEASE_MS,
  PLACE_WAIT_MS,
  waitAfter,
  waitOf,
} from './attempt-rules.js';
import type { AttemptStore } from './attempt-store.js';
import {
  DELETE_FORGOTTEN,
  FIND_FORGOTTEN,
  findCounters,
  settleStatement,
  takeStatement,
} from './attempt-statements.js';

const REFUSALS_MAX = 50_000;
const REFUSAL_KEPT_MS = 1_000; // another process may have unlocked the account meanwhile

interface CounterRow {
  id: Buffer;
  failures: number;
  under_way: number;
  blocked_until: Date | string;
  busy_until: Date | string;
  forget_at: Date | string;
}

/** The attempts of all processes, in the database: one statement to take places, one to settle them. */
@Injectable()
export class DatabaseAttempts implements AttemptStore {
  // Whoever knocks on while waiting costs no statement.
  private readonly refusals = new LRUCache<string, { until: number; askAgainAt: number }>({ max: REFUSALS_MAX });

  constructor(private readonly database: Database) {}

  async take(places: AttemptPlace[], now: number): Promise<number[]> {
    const known = places.map(({ id }) => this.knownWait(id, now));
    if (known.some((wait) => wait > 0)) return known;
    if (await this.tryTake(places, now)) return places.map(() => 0);
    const waits = await this.waitsOf(places, now);
    if (waits.some((wait) => wait > 0)) return waits;
    return places.map(() => PLACE_WAIT_MS); // the place has become free since
  }

  async settle(places: AttemptPlace[], outcome: AttemptOutcome, now: number): Promise<void> {
    const at = new Date(now);
    const ids = places.map(({ id }) => id);
    const cleared = places.filter(({ limit }) => limit.clearedBySuccess).map(({ id }) => id);
    const waits = [0, 1, 2, 3, 4, 5].map((beyond) => new Date(now + waitAfter(beyond)));
    const { sql, parameters } = settleStatement(outcome, { ids, cleared, waits, now: at });
    await this.database.write(sql, parameters);
  }

  async forget(ids: Buffer[]): Promise<void> {
    for (const id of ids) this.refusals.delete(keyOf(id));
    await this.database.write(`DELETE FROM attempt_counters WHERE id IN (${ids.map(() => '?').join(', ')})`, ids);
  }

  /** Deletes at most `limit` rows that count for nothing any more, and says how many it found. */
  async deleteForgotten(now: Date, limit: number): Promise<number> {
    const rows = await this.database.rows<{ id: Buffer }>(FIND_FORGOTTEN, [now, limit]);
    if (!rows.length) return 0;
    await this.database.write(DELETE_FORGOTTEN(rows.length), [...rows.map(({ id }) => id), now]);
    return rows.length;
  }

  private async tryTake(places: AttemptPlace[], now: number): Promise<boolean> {
    const [at, busyUntil] = [new Date(now), new Date(now + LEASE_MS)];
    const values = places.flatMap(({ id, limit }) => {
      return [id, limit.free, at, busyUntil, new Date(now + limit.forgetAfterMs), at, at];
    });
    try {
      await this.database.write(takeStatement(this.database.dialect, places.length), values);
      return true;
    } catch (error) {
      if (isCheckViolation(error)) return false;
      throw error;
    }
  }

  private async waitsOf(places: AttemptPlace[], now: number): Promise<number[]> {
    const ids = places.map(({ id }) => id);
    const rows = await this.database.rows<CounterRow>(findCounters(ids.length), ids);
    return places.map(({ id, limit }) => {
      const row = rows.find((each) => each.id.equals(id));
      const counter = counterAt(now, row && readCounter(row), limit);
      if (counter.blockedUntil > now) this.refuse(id, counter.blockedUntil, now);
      return waitOf(counter, limit, now);
    });
  }

  private refuse(id: Buffer, until: number, now: number): void {
    this.refusals.set(keyOf(id), { until, askAgainAt: now + REFUSAL_KEPT_MS });
  }

  private knownWait(id: Buffer, now: number): number {
    const refusal = this.refusals.get(keyOf(id));
    return refusal && refusal.askAgainAt > now && refusal.until > now ? refusal.until - now : 0;
  }
}

function readCounter(row: CounterRow): AttemptCounter {
  const [blockedUntil, busyUntil, forgetAt] = [row.blocked_until, row.busy_until, row.forget_at].map((value) => {
    return asDate(value).getTime();
  });
  const { failures, under_way: underWay } = row;
  return { failures, underWay, blockedUntil: blockedUntil!, busyUntil: busyUntil!, forgetAt: forgetAt! };
}

function keyOf(id: Buffer): string {
  return id.toString('base64url');
}
