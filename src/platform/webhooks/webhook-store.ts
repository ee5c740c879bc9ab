import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { asDate, Database, type Statements } from '../database/database.js';
import type { SealedColumn } from '../encryption/resealing/sealed-column.js';
import { SecretBox } from '../encryption/secret-box.js';
import type { DisabledReason } from './webhook-endpoint.entity.js';

/** Where another system wants to be told, and of what. */
export interface Webhook {
  /** UUIDv7. */
  id: string;
  url: string;
  description: string | null;
  /** Audit types, or `*` for all. */
  types: string[];
  previousSecretUntil: Date | null;
  disabledAt: Date | null;
  disabledReason: DisabledReason | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What an admin may change. */
export interface WebhookSettings {
  url: string;
  description?: string | null;
  types: string[];
  disabled?: boolean;
}

interface WebhookRow {
  id: string;
  url: string;
  description: string | null;
  types: string;
  secret_encrypted: string;
  previous_secret_encrypted: string | null;
  previous_secret_until: Date | string | null;
  disabled_at: Date | string | null;
  disabled_reason: DisabledReason | null;
  created_by: string | number | null;
  created_at: Date | string;
  updated_at: Date | string;
}

const COLUMNS = `id, url, description, types, secret_encrypted, previous_secret_encrypted, previous_secret_until,
  disabled_at, disabled_reason, created_by, created_at, updated_at`;
const LIST = `SELECT ${COLUMNS} FROM webhook_endpoints ORDER BY created_at, id`;
const FIND = `SELECT ${COLUMNS} FROM webhook_endpoints WHERE id = ?`;
const INSERT = `INSERT INTO webhook_endpoints (id, url, description, types, secret_encrypted, created_by, created_at,
  updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const UPDATE = `UPDATE webhook_endpoints SET url = ?, description = ?, types = ?, disabled_at = ?, disabled_reason = ?,
  updated_at = ? WHERE id = ?`;
const DISABLE = `UPDATE webhook_endpoints SET disabled_at = ?, disabled_reason = ?, updated_at = ?
  WHERE id = ? AND disabled_at IS NULL`;
const GIVE_UP_WAITING = `UPDATE webhook_deliveries SET state = 'dead', due_at = NULL, finished_at = ?, updated_at = ?
  WHERE endpoint_id = ? AND state = 'waiting'`;
const ROTATE = `UPDATE webhook_endpoints SET previous_secret_encrypted = secret_encrypted, previous_secret_until = ?,
  secret_encrypted = ?, updated_at = ? WHERE id = ?`;

/** The table of webhooks; their secrets are sealed, each for its own webhook. */
@Injectable()
export class WebhookStore {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  async list(statements: Statements = this.database): Promise<Webhook[]> {
    return (await statements.rows<WebhookRow>(LIST)).map(readWebhook);
  }

  async find(id: string, statements: Statements = this.database): Promise<Webhook | null> {
    const [row] = await statements.rows<WebhookRow>(FIND, [id]);
    return row ? readWebhook(row) : null;
  }

  /** Where to send, and the secrets to sign with: the one in use, then the one before while it still counts. */
  async findSigning(id: string): Promise<{ url: string; secrets: string[] } | null> {
    const [row] = await this.database.rows<WebhookRow>(FIND, [id]);
    if (!row) return null;
    const { secret_encrypted: current, previous_secret_encrypted: previous, previous_secret_until: until } = row;
    const isPreviousGood = previous !== null && until !== null && asDate(until) > this.clock.now();
    const sealed = isPreviousGood ? [current, previous] : [current];
    return { url: row.url, secrets: sealed.map((secret) => this.secrets.open(secret, ownerOf(id)).toString()) };
  }

  async insert(
    statements: Statements,
    { id, secret, createdBy, ...settings }: WebhookSettings & { id: string; secret: string; createdBy: string | null },
  ): Promise<void> {
    const now = this.clock.now();
    const { url, description = null, types } = settings;
    const sealed = this.secrets.seal(secret, ownerOf(id));
    await statements.write(INSERT, [id, url, description, JSON.stringify(types), sealed, createdBy, now, now]);
  }

  /** What waits for a webhook that is being disabled is dead. */
  async update(statements: Statements, webhook: Webhook, settings: WebhookSettings): Promise<void> {
    const now = this.clock.now();
    const { url, description = null, types, disabled = false } = settings;
    const since = disabled ? (webhook.disabledAt ?? now) : null;
    const reason = disabled ? (webhook.disabledReason ?? 'admin') : null;
    await statements.write(UPDATE, [url, description, JSON.stringify(types), since, reason, now, webhook.id]);
    if (disabled) await statements.write(GIVE_UP_WAITING, [now, now, webhook.id]);
  }

  /** False when it was disabled before. */
  async disable(statements: Statements, id: string, reason: DisabledReason): Promise<boolean> {
    const now = this.clock.now();
    const isDisabled = (await statements.write(DISABLE, [now, reason, now, id])).affected === 1;
    if (isDisabled) await statements.write(GIVE_UP_WAITING, [now, now, id]);
    return isDisabled;
  }

  /** The secret in use becomes the one before. */
  async rotate(statements: Statements, id: string, { secret, until }: { secret: string; until: Date }): Promise<void> {
    const sealed = this.secrets.seal(secret, ownerOf(id));
    await statements.write(ROTATE, [until, sealed, this.clock.now(), id]);
  }

  /** With every delivery that it has. */
  async delete(statements: Statements, id: string): Promise<void> {
    await statements.write('DELETE FROM webhook_endpoints WHERE id = ?', [id]);
  }
}

function readWebhook(row: WebhookRow): Webhook {
  const { id, url, description, disabled_reason: disabledReason } = row;
  return {
    ...{ id, url, description, disabledReason, types: JSON.parse(row.types) as string[] },
    previousSecretUntil: row.previous_secret_until === null ? null : asDate(row.previous_secret_until),
    disabledAt: row.disabled_at === null ? null : asDate(row.disabled_at),
    createdBy: row.created_by === null ? null : String(row.created_by),
    ...{ createdAt: asDate(row.created_at), updatedAt: asDate(row.updated_at) },
  };
}

const sealed = (column: string): SealedColumn => ({
  ...{ table: 'webhook_endpoints', id: 'id', column },
  ownerOf: ({ id }) => ownerOf(id as string),
});

/** The webhooks' secrets, and those that are still good beside them. */
export const SEALED_WEBHOOK_SECRETS = [sealed('secret_encrypted'), sealed('previous_secret_encrypted')];

function ownerOf(id: string): string {
  return `webhook|${id}`;
}
