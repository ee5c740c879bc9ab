import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Kept, Personal, Secret, Technical } from '../data-map/data-map.js';
import { ascii, bigint, datetime, exactText, text } from '../database/column-kinds.js';

/** Why an endpoint gets nothing: an admin said so, or it answered 410 Gone. */
export type DisabledReason = 'admin' | 'gone';

/** Where another system wants to be told of audit events, and of which. */
@Kept({
  purpose: { zh: '把事件通知给别的系统', en: 'telling other systems of events' },
  retention: { zh: '直到管理员删除', en: 'until an admin deletes it' },
  erasure: { zh: '清空创建者', en: 'who made it is forgotten' },
})
@Entity({ name: 'webhook_endpoints', engine: 'InnoDB' })
export class WebhookEndpoint {
  /** UUIDv7. */
  @Technical('编号', 'its id')
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Technical('接收地址', 'where to send')
  @Column(exactText('url', 512))
  url: string;

  @Technical('说明', 'what it is for')
  @Column(text('description', 100, { nullable: true }))
  description: string | null;

  /** A JSON array of audit types, or `["*"]`. */
  @Technical('订阅的事件', 'the events it wants')
  @Column(ascii('types', 2048))
  types: string;

  /** The signing secret, sealed for this endpoint. */
  @Secret('加密的签名密钥', 'the signing secret, sealed')
  @Column(ascii('secret_encrypted', 191))
  secretEncrypted: string;

  /** The one before, which also signs until its time is over. */
  @Secret('加密的上一个签名密钥', 'the signing secret before, sealed')
  @Column(ascii('previous_secret_encrypted', 191, { nullable: true }))
  previousSecretEncrypted: string | null;

  @Technical('上一个密钥有效到何时', 'until when the one before is good')
  @Column(datetime('previous_secret_until', { nullable: true }))
  previousSecretUntil: Date | null;

  @Technical('停用时间', 'when it was disabled')
  @Column(datetime('disabled_at', { nullable: true }))
  disabledAt: Date | null;

  @Technical('停用原因', 'why it was disabled')
  @Column(ascii('disabled_reason', 16, { nullable: true }))
  disabledReason: DisabledReason | null;

  /** The admin; no foreign key: the endpoint outlives the account. */
  @Personal('创建它的管理员', 'the admin who made it')
  @Column(bigint('created_by', { nullable: true }))
  createdBy: string | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
