import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../clock.js';
import { asDate, Database, type Statements } from '../../database/database.js';
import { WebhooksConfig } from '../webhooks.config.js';
import { PING } from '../webhook-types.js';
import type { DeliveryState } from './webhook-delivery.entity.js';

/** One event for one endpoint. */
export interface NewDelivery {
  endpointId: string;
  type: string;
  payload: string;
  /** Whom the event is about. */
  userId?: string | null;
}

/** A delivery in this process's hands, until its lease ends. */
export interface ClaimedDelivery extends NewDelivery {
  id: string;
  /** Of this claim, from 1. */
  attempts: number;
}

/** How an attempt ended, and what follows. */
export interface AttemptResult {
  state: DeliveryState;
  /** Null when nothing follows. */
  dueAt: Date | null;
  status: number | null;
  error: string | null;
  snippet: string | null;
}

/** A delivery as an admin sees it. */
export interface Delivery {
  id: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  dueAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  responseSnippet: string | null;
  finishedAt: Date | null;
  createdAt: Date;
}

export interface DeliveryQuery {
  state?: DeliveryState;
  /** The id where the last page ended. */
  before?: string;
  limit: number;
}

interface DeliveryRow {
  id: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  due_at: Date | string | null;
  last_status: number | null;
  last_error: string | null;
  response_snippet: string | null;
  finished_at: Date | string | null;
  created_at: Date | string;
}

const COLUMNS = `id, type, state, attempts, due_at, last_status, last_error, response_snippet, finished_at, created_at`;
export const FIND_DUE = `SELECT id FROM webhook_deliveries WHERE endpoint_id = ? AND due_at <= ?
  ORDER BY due_at LIMIT ?`;
const FINISH = `UPDATE webhook_deliveries SET state = ?, due_at = ?, last_status = ?, last_error = ?,
  response_snippet = ?, finished_at = ?, updated_at = ? WHERE id = ? AND attempts = ? AND state = 'waiting'`;
const RELEASE = `UPDATE webhook_deliveries SET due_at = ?, attempts = attempts - 1, updated_at = ?
  WHERE id = ? AND attempts = ? AND state = 'waiting'`;
const RETRY = `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, due_at = ?, finished_at = NULL,
  updated_at = ? WHERE id = ? AND endpoint_id = ?`;

// SQLite is serial.
const SKIP_LOCKED = { mysql: 'FOR UPDATE SKIP LOCKED', sqlite: '' };

/** The table of deliveries: the outbox. Each change of state is conditional, so that one process wins. */
@Injectable()
export class DeliveryStore {
  constructor(
    private readonly database: Database,
    private readonly config: WebhooksConfig,
    private readonly clock: Clock,
  ) {}

  async insert(statements: Statements, deliveries: NewDelivery[]): Promise<void> {
    const now = this.clock.now();
    await this.insertRows(
      statements,
      deliveries.map((delivery) => ({ ...delivery, id: uuidv7({ msecs: now.getTime() }) })),
      now,
    );
  }

  /** A delivery that means nothing; returns its id. */
  async insertPing(statements: Statements, endpointId: string): Promise<string> {
    const now = this.clock.now();
    const id = uuidv7({ msecs: now.getTime() });
    const payload = JSON.stringify({ type: PING, timestamp: now, data: {} });
    await this.insertRows(statements, [{ id, endpointId, type: PING, payload }], now);
    return id;
  }

  /**
   * Takes up to `limit` due deliveries of one endpoint. Another process skips what is being taken, instead of waiting
   * for it, and may take it over once the lease has ended.
   */
  async claim(endpointId: string, limit: number): Promise<ClaimedDelivery[]> {
    const due = await this.database.rows<{ id: string }>(FIND_DUE, [endpointId, this.clock.now(), limit]);
    if (!due.length) return [];
    return this.database.transaction((statements) =>
      this.claimThese(
        statements,
        due.map(({ id }) => id),
      ),
    );
  }

  /** False when the lease was lost. */
  async finish({ id, attempts }: ClaimedDelivery, result: AttemptResult): Promise<boolean> {
    const now = this.clock.now();
    const { state, dueAt, status, error, snippet } = result;
    const finishedAt = state === 'waiting' ? null : now;
    const values = [state, dueAt, status, error, snippet, finishedAt, now, id, attempts];
    return (await this.database.write(FINISH, values)).affected === 1;
  }

  /** Gives back what was not tried. */
  async release({ id, attempts }: ClaimedDelivery): Promise<void> {
    const now = this.clock.now();
    await this.database.write(RELEASE, [now, now, id, attempts]);
  }

  /** Makes it due now, as if it were new; false when there is none. */
  async retry(statements: Statements, delivery: { id: string; endpointId: string }): Promise<boolean> {
    const now = this.clock.now();
    return (await statements.write(RETRY, [now, now, delivery.id, delivery.endpointId])).affected === 1;
  }

  /** Newest first. */
  async list(endpointId: string, { state, before, limit }: DeliveryQuery): Promise<Delivery[]> {
    const conditions = ['endpoint_id = ?', ...(state ? ['state = ?'] : []), ...(before ? ['id < ?'] : [])];
    const values = [endpointId, ...(state ? [state] : []), ...(before ? [before] : []), limit];
    const sql = `SELECT ${COLUMNS} FROM webhook_deliveries WHERE ${conditions.join(' AND ')}
      ORDER BY id DESC LIMIT ?`;
    return (await this.database.rows<DeliveryRow>(sql, values)).map(readDelivery);
  }

  async find(endpointId: string, id: string): Promise<Delivery | null> {
    const sql = `SELECT ${COLUMNS} FROM webhook_deliveries WHERE id = ? AND endpoint_id = ?`;
    const [row] = await this.database.rows<DeliveryRow>(sql, [id, endpointId]);
    return row ? readDelivery(row) : null;
  }

  private async insertRows(statements: Statements, rows: (NewDelivery & { id: string })[], now: Date): Promise<void> {
    const places = rows.map(() => "(?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?)").join(', ');
    const sql = `INSERT INTO webhook_deliveries (id, endpoint_id, type, payload, user_id, state, attempts, due_at, created_at,
      updated_at) VALUES ${places}`;
    const values = rows.flatMap(({ id, endpointId, type, payload, userId }) => {
      return [id, endpointId, type, payload, userId ?? null, now, now, now];
    });
    await statements.write(sql, values);
  }

  private async claimThese(statements: Statements, ids: string[]): Promise<ClaimedDelivery[]> {
    const now = this.clock.now();
    const places = (list: unknown[]) => list.map(() => '?').join(', ');
    const sql = `SELECT id, endpoint_id, type, payload, attempts FROM webhook_deliveries
      WHERE id IN (${places(ids)}) AND due_at <= ? ${SKIP_LOCKED[this.database.dialect]}`;
    const rows = await statements.rows<ClaimRow>(sql, [...ids, now]);
    if (!rows.length) return [];
    const lease = new Date(now.getTime() + this.config.leaseMs);
    const take = `UPDATE webhook_deliveries SET due_at = ?, attempts = attempts + 1, updated_at = ?
      WHERE id IN (${places(rows)})`;
    await statements.write(take, [lease, now, ...rows.map(({ id }) => id)]);
    return rows.map(({ endpoint_id: endpointId, attempts, ...row }) => ({
      ...row,
      endpointId,
      attempts: attempts + 1,
    }));
  }
}

interface ClaimRow {
  id: string;
  endpoint_id: string;
  type: string;
  payload: string;
  attempts: number;
}

function readDelivery(row: DeliveryRow): Delivery {
  const { id, type, state, attempts } = row;
  return {
    ...{ id, type, state, attempts },
    dueAt: row.due_at === null ? null : asDate(row.due_at),
    ...{ lastStatus: row.last_status, lastError: row.last_error, responseSnippet: row.response_snippet },
    finishedAt: row.finished_at === null ? null : asDate(row.finished_at),
    createdAt: asDate(row.created_at),
  };
}
