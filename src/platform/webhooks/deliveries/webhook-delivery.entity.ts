import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Kept, Personal, Technical } from '../../data-map/data-map.js';
import { ascii, bigint, datetime, exactText, int } from '../../database/column-kinds.js';
import { WebhookEndpoint } from '../webhook-endpoint.entity.js';

/** `waiting` for its time or in some process's hands until then, `delivered`, or `dead` after too many tries. */
export type DeliveryState = 'waiting' | 'delivered' | 'dead';

/** One event on its way to one endpoint: written in the transaction of the event itself. */
@Kept({
  purpose: { zh: '可靠地投递事件', en: 'delivering events, at least once' },
  retention: { zh: '投递结束后 30 天', en: '30 days after its end' },
  erasure: { zh: '删除关于此人的投递', en: 'those about the person are deleted' },
  owners: ['userId'],
})
@Entity({ name: 'webhook_deliveries', engine: 'InnoDB' })
@Index('ix_webhook_deliveries_endpoint_id_due_at', ['endpointId', 'dueAt'])
@Index('ix_webhook_deliveries_endpoint_id_id', ['endpointId', 'id'])
@Index('ix_webhook_deliveries_endpoint_id_state_id', ['endpointId', 'state', 'id'])
export class WebhookDelivery {
  /** UUIDv7; the receiver knows by it what it has seen. */
  @Technical('编号', 'its id')
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Technical('投递到哪里', 'where it goes')
  @Column(ascii('endpoint_id', 36))
  endpointId: string;

  @ManyToOne(() => WebhookEndpoint, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'endpoint_id', foreignKeyConstraintName: 'fk_webhook_deliveries_endpoint' })
  endpoint: Relation<WebhookEndpoint>;

  @Personal('事件类型', 'type of the event')
  @Column(ascii('type', 48))
  type: string;

  /** The request body, byte by byte as it is signed. */
  @Personal('事件内容：用户编号、会话与细节，无地址', 'the event: number of the user, session and details, no address')
  @Column(exactText('payload', 4000))
  payload: string;

  /** Of the event, so that an erasure finds it. */
  @Index('ix_webhook_deliveries_user_id')
  @Personal('当事人', 'whom it is about')
  @Column(bigint('user_id', { nullable: true }))
  userId: string | null;

  @Technical('状态', 'its state')
  @Column(ascii('state', 16))
  state: DeliveryState;

  /** Grows with every claim, so that a process that was too slow can tell that the delivery is no longer its own. */
  @Technical('尝试次数', 'how often it was tried')
  @Column(int('attempts'))
  attempts: number;

  /** When it may be tried (again); null when there is nothing more to do. */
  @Technical('下次尝试', 'the next try')
  @Column(datetime('due_at', { nullable: true }))
  dueAt: Date | null;

  @Technical('上次答复的状态码', 'status of the last answer')
  @Column(int('last_status', { nullable: true }))
  lastStatus: number | null;

  /** How the last try failed: `http`, `timeout`, `refused_address` … */
  @Technical('上次失败的原因', 'how the last try failed')
  @Column(ascii('last_error', 32, { nullable: true }))
  lastError: string | null;

  /** The beginning of the last answer that was no success. */
  @Technical('上次答复的开头', 'beginning of the last answer')
  @Column(exactText('response_snippet', 256, { nullable: true }))
  responseSnippet: string | null;

  @Index('ix_webhook_deliveries_finished_at')
  @Technical('结束时间', 'when it ended')
  @Column(datetime('finished_at', { nullable: true }))
  finishedAt: Date | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
