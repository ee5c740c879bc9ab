import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Clock } from '../../platform/clock.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { Database, type Statements } from '../../platform/database/database.js';
import type { SealedColumn } from '../../platform/encryption/resealing/sealed-column.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import type { PushMessage } from '../../wechat/push/push-message.js';
import type { PushTask, UserTask } from './push-task.js';

/** What became of a message that was to be recorded. */
export type Recording = 'new' | 'known' | 'signature_used';

/** An event whose time has come; once claimed, one that this process may act on until its lease ends. */
export interface DueEvent {
  id: string;
  appId: string;
  event: string;
  /** How often it was claimed, which also tells one claim from the next. */
  attempts: number;
  dedupKey: Buffer;
  payload: string;
}

interface DueRow {
  id: string | number;
  app_id: string;
  event: string;
  attempts: number;
  dedup_key: Buffer;
  payload_encrypted: string;
}

const LEASE_MS = 60_000;
const KEPT_MS = 7 * 24 * 3600 * 1000;
const GIVEN_UP_KEPT_MS = 30 * 24 * 3600 * 1000;
const BATCH = 20;
const FORGET_BATCH = 500;

const INSERT = `INSERT INTO push_events (dedup_key, delivery_key, app_id, event, payload_encrypted, state, attempts,
  next_attempt_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`;
const FIND_BY_DEDUP_KEY = 'SELECT 1 FROM push_events WHERE dedup_key = ?';
export const FIND_DUE = `SELECT id, app_id, event, attempts, dedup_key, payload_encrypted FROM push_events
  WHERE state IN ('waiting', 'claimed') AND next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT ${BATCH}`;
const CLAIM = `UPDATE push_events SET state = 'claimed', attempts = attempts + 1, next_attempt_at = ?, updated_at = ?
  WHERE id = ? AND attempts = ? AND state IN ('waiting', 'claimed')`;
const FINISH = `UPDATE push_events SET state = 'done', payload_encrypted = NULL, updated_at = ?
  WHERE id = ? AND attempts = ? AND state = 'claimed'`;
const POSTPONE = `UPDATE push_events SET state = 'waiting', next_attempt_at = ?, updated_at = ?
  WHERE id = ? AND attempts = ? AND state = 'claimed'`;
const GIVE_UP = `UPDATE push_events SET state = 'given_up', updated_at = ?
  WHERE id = ? AND attempts = ? AND state IN ('waiting', 'claimed')`;
export const FIND_OLD = `SELECT id FROM push_events
  WHERE state IN ('done', 'ignored') AND next_attempt_at < ? LIMIT ${FORGET_BATCH}`;
export const FIND_GIVEN_UP = `SELECT id FROM push_events
  WHERE state = 'given_up' AND next_attempt_at < ? LIMIT ${FORGET_BATCH}`;

/** The table of what WeChat has pushed. Each change of state is one conditional UPDATE, which one process wins. */
@Injectable()
export class PushEventStore {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @param task absent when there is nothing to do but to remember that the message came */
  async record({ appId, event, identity, delivery }: PushMessage, task?: PushTask): Promise<Recording> {
    const keys = { dedupKey: identity, deliveryKey: delivery };
    try {
      await this.insert(this.database, { ...keys, appId, event: event ?? 'other', task, at: this.clock.now() });
      return 'new';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const known = await this.database.rows(FIND_BY_DEDUP_KEY, [identity]);
    return known.length ? 'known' : 'signature_used';
  }

  /** Leaves work that `event` has made for later, once however often it is tried. */
  async schedule(event: DueEvent, { task, at }: { task: UserTask; at: Date }, statements: Statements) {
    const key = createHash('sha256').update(`${task.kind}|`).update(event.dedupKey).digest();
    const { appId } = event;
    await this.insert(statements, { dedupKey: key, deliveryKey: key, appId, event: `${event.event}.rest`, task, at });
  }

  async findDue(): Promise<DueEvent[]> {
    const rows = await this.database.rows<DueRow>(FIND_DUE, [this.clock.now()]);
    return rows.map(({ id, app_id: appId, event, attempts, dedup_key: dedupKey, payload_encrypted: payload }) => {
      return { id: String(id), appId, event, attempts, dedupKey, payload };
    });
  }

  /** Null when another process was faster. */
  async claim(due: DueEvent): Promise<DueEvent | null> {
    const now = this.clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    const { affected } = await this.database.write(CLAIM, [lease, now, due.id, due.attempts]);
    return affected === 1 ? { ...due, attempts: due.attempts + 1 } : null;
  }

  /** @throws SealBrokenError when APP_SECRET is no longer the one the event was recorded with */
  readTask({ payload, dedupKey }: DueEvent): PushTask {
    return JSON.parse(this.secrets.open(payload, ownerOf(dedupKey)).toString('utf8')) as PushTask;
  }

  /** Marks the event done and does `work` in one transaction. False, and nothing done, when the lease was lost. */
  finish({ id, attempts }: DueEvent, work: (statements: Statements) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (statements) => {
      const { affected } = await statements.write(FINISH, [this.clock.now(), id, attempts]);
      if (affected !== 1) return false;
      await work(statements);
      return true;
    });
  }

  async postpone({ id, attempts }: { id: string; attempts: number }, milliseconds: number): Promise<void> {
    const now = this.clock.now();
    await this.database.write(POSTPONE, [new Date(now.getTime() + milliseconds), now, id, attempts]);
  }

  async giveUp({ id, attempts }: { id: string; attempts: number }): Promise<boolean> {
    return (await this.database.write(GIVE_UP, [this.clock.now(), id, attempts])).affected === 1;
  }

  /** Deletes one batch of what was finished a week ago, and of what a person has had a month to look at. */
  async forgetOld(): Promise<void> {
    await this.forget(FIND_OLD, KEPT_MS);
    await this.forget(FIND_GIVEN_UP, GIVEN_UP_KEPT_MS);
  }

  private async forget(find: string, keptMs: number): Promise<void> {
    const horizon = new Date(this.clock.now().getTime() - keptMs);
    const ids = (await this.database.rows<{ id: string | number }>(find, [horizon])).map(({ id }) => id);
    if (!ids.length) return;
    await this.database.write(`DELETE FROM push_events WHERE id IN (${ids.map(() => '?').join(', ')})`, ids);
  }

  private async insert(
    statements: Statements,
    row: { dedupKey: Buffer; deliveryKey: Buffer; appId: string; event: string; task?: PushTask; at: Date },
  ): Promise<void> {
    const { dedupKey, deliveryKey, appId, event, task, at } = row;
    const payload = task ? this.secrets.seal(JSON.stringify(task), ownerOf(dedupKey)) : null;
    const now = this.clock.now();
    const state = task ? 'waiting' : 'ignored';
    await statements.write(INSERT, [dedupKey, deliveryKey, appId, event, payload, state, at, now, now]);
  }
}

/** What is still to be done about pushed messages. */
export const SEALED_PUSH_TASKS: SealedColumn = {
  ...{ table: 'push_events', id: 'id', column: 'payload_encrypted', reads: ['dedup_key'] },
  ownerOf: ({ dedup_key: dedupKey }) => ownerOf(dedupKey as Buffer),
};

function ownerOf(dedupKey: Buffer): string {
  return `push_event|${dedupKey.toString('base64')}`;
}
