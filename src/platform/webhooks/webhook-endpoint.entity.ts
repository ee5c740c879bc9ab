import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ascii, bigint, datetime, exactText, text } from '../database/column-kinds.js';

/** Why an endpoint gets nothing: an admin said so, or it answered 410 Gone. */
export type DisabledReason = 'admin' | 'gone';

/** Where another system wants to be told of audit events, and of which. */
@Entity({ name: 'webhook_endpoints', engine: 'InnoDB' })
export class WebhookEndpoint {
  /** UUIDv7. */
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Column(exactText('url', 512))
  url: string;

  @Column(text('description', 100, { nullable: true }))
  description: string | null;

  /** A JSON array of audit types, or `["*"]`. */
  @Column(ascii('types', 2048))
  types: string;

  /** The signing secret, sealed for this endpoint. */
  @Column(ascii('secret_encrypted', 191))
  secretEncrypted: string;

  /** The one before, which also signs until its time is over. */
  @Column(ascii('previous_secret_encrypted', 191, { nullable: true }))
  previousSecretEncrypted: string | null;

  @Column(datetime('previous_secret_until', { nullable: true }))
  previousSecretUntil: Date | null;

  @Column(datetime('disabled_at', { nullable: true }))
  disabledAt: Date | null;

  @Column(ascii('disabled_reason', 16, { nullable: true }))
  disabledReason: DisabledReason | null;

  /** The admin; no foreign key: the endpoint outlives the account. */
  @Column(bigint('created_by', { nullable: true }))
  createdBy: string | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
