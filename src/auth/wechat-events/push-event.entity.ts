import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../../platform/data-map/data-map.js';
import { ascii, binary, datetime, int } from '../../platform/database/column-kinds.js';

/**
 * `waiting` for its time, `claimed` by a process until its time, `done`, `ignored` because nothing is to be done, or
 * `given_up` after too many failures, for a person to look at.
 */
export type PushEventState = 'waiting' | 'claimed' | 'done' | 'ignored' | 'given_up';

/** One message WeChat has pushed, or the rest of the work that one has left. */
@Kept({
  purpose: { zh: '处理微信推送，每条只处理一次', en: 'acting on what WeChat pushes, once' },
  retention: { zh: '处理后 7 天；处理失败的 30 天', en: '7 days after it was acted on; 30 days when that failed' },
  erasure: { zh: '内容加密，处理完即清空', en: 'sealed, and emptied as soon as it was acted on' },
})
@Entity({ name: 'push_events', engine: 'InnoDB' })
@Index('ix_push_events_state_next_attempt_at', ['state', 'nextAttemptAt'])
export class PushEvent {
  @Technical('编号', 'number of the row')
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  /** Equal for every delivery of one message: what makes it be acted on once. */
  @Index('uq_push_events_dedup_key', { unique: true })
  @Secret('消息的哈希，用于去重', 'hash of the message')
  @Column(binary('dedup_key', 32))
  dedupKey: Buffer;

  /** Of the signed request that brought it: no other message may come with that signature, to any process. */
  @Index('uq_push_events_delivery_key', { unique: true })
  @Secret('请求签名的哈希，用于防重放', 'hash of the signed request')
  @Column(binary('delivery_key', 32))
  deliveryKey: Buffer;

  @Technical('小程序', 'the mini-program')
  @Column(ascii('app_id', 32))
  appId: string;

  @Technical('事件类型', 'type of the event')
  @Column(ascii('event', 64))
  event: string;

  /** What is needed to act; null when there is nothing to do, and as soon as it is done. */
  @Secret('加密的处理所需内容（openid）', 'what is needed to act (an openid), sealed')
  @Column(ascii('payload_encrypted', 1024, { nullable: true }))
  payloadEncrypted: string | null;

  @Technical('状态', 'its state')
  @Column(ascii('state', 16))
  state: PushEventState;

  /** Grows with every claim, so that a process that was too slow can tell that the event is no longer its own. */
  @Technical('尝试次数', 'how often it was tried')
  @Column(int('attempts'))
  attempts: number;

  /** While claimed: when another process may take it over. */
  @Technical('下次尝试', 'the next try')
  @Column(datetime('next_attempt_at'))
  nextAttemptAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
