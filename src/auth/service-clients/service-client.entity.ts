import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../../platform/data-map/data-map.js';
import { ascii, binary, datetime, text } from '../../platform/database/column-kinds.js';

/** Another service that may ask about tokens, and revoke them. */
@Kept({
  purpose: { zh: '让别的服务查询和撤销令牌', en: 'letting other services ask about tokens and revoke them' },
  retention: { zh: '直到管理员删除', en: 'until an admin deletes it' },
  erasure: { zh: '与任何人都没有联系', en: 'tied to nobody' },
})
@Entity({ name: 'service_clients', engine: 'InnoDB' })
export class ServiceClient {
  @Technical('编号', 'its id')
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Technical('名称', 'what it is called')
  @Column(text('name', 100))
  name: string;

  /** SHA-256; the secret itself is random, and stored nowhere. */
  @Secret('密钥的哈希', 'a hash of its secret')
  @Column(binary('secret_hash', 32))
  secretHash: Buffer;

  /** Of the secret before, which is also good until its time is over. */
  @Secret('上一个密钥的哈希', 'a hash of the secret before')
  @Column(binary('previous_secret_hash', 32, { nullable: true }))
  previousSecretHash: Buffer | null;

  @Technical('上一个密钥有效到何时', 'until when the one before is good')
  @Column(datetime('previous_secret_until', { nullable: true }))
  previousSecretUntil: Date | null;

  @Technical('停用时间', 'when it was disabled')
  @Column(datetime('disabled_at', { nullable: true }))
  disabledAt: Date | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
