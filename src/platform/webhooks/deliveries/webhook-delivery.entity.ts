import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ascii, datetime, exactText, int } from '../../database/column-kinds.js';
import { WebhookEndpoint } from '../webhook-endpoint.entity.js';

/** `waiting` for its time or in some process's hands until then, `delivered`, or `dead` after too many tries. */
export type DeliveryState = 'waiting' | 'delivered' | 'dead';

/** One event on its way to one endpoint: written in the transaction of the event itself. */
@Entity({ name: 'webhook_deliveries', engine: 'InnoDB' })
@Index('ix_webhook_deliveries_endpoint_id_due_at', ['endpointId', 'dueAt'])
@Index('ix_webhook_deliveries_endpoint_id_id', ['endpointId', 'id'])
@Index('ix_webhook_deliveries_endpoint_id_state_id', ['endpointId', 'state', 'id'])
export class WebhookDelivery {
  /** UUIDv7; the receiver knows by it what it has seen. */
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Column(ascii('endpoint_id', 36))
  endpointId: string;

  @ManyToOne(() => WebhookEndpoint, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'endpoint_id', foreignKeyConstraintName: 'fk_webhook_deliveries_endpoint' })
  endpoint: Relation<WebhookEndpoint>;

  @Column(ascii('type', 48))
  type: string;

  /** The request body, byte by byte as it is signed. */
  @Column(exactText('payload', 4000))
  payload: string;

  @Column(ascii('state', 16))
  state: DeliveryState;

  /** Grows with every claim, so that a process that was too slow can tell that the delivery is no longer its own. */
  @Column(int('attempts'))
  attempts: number;

  /** When it may be tried (again); null when there is nothing more to do. */
  @Column(datetime('due_at', { nullable: true }))
  dueAt: Date | null;

  @Column(int('last_status', { nullable: true }))
  lastStatus: number | null;

  /** How the last try failed: `http`, `timeout`, `refused_address` … */
  @Column(ascii('last_error', 32, { nullable: true }))
  lastError: string | null;

  /** The beginning of the last answer that was no success. */
  @Column(exactText('response_snippet', 256, { nullable: true }))
  responseSnippet: string | null;

  @Index('ix_webhook_deliveries_finished_at')
  @Column(datetime('finished_at', { nullable: true }))
  finishedAt: Date | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
