import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ascii, datetime } from '../../platform/database/column-kinds.js';
import { Kept, Technical } from '../../platform/data-map/data-map.js';

/** A session of somebody who was erased, until no access token of it can be alive: then nobody need know that it ended. */
@Kept({
  purpose: {
    zh: '让所有进程立即拒绝已注销账号的访问令牌',
    en: 'refusing the access tokens of an erased account everywhere',
  },
  retention: { zh: '访问令牌失效之后（约 17 分钟）', en: 'until the access tokens have expired, about 17 minutes' },
  erasure: { zh: '与任何人都没有联系，到期自动删除', en: 'tied to nobody, and gone by itself' },
})
@Entity({ name: 'erased_sessions', engine: 'InnoDB' })
export class ErasedSession {
  @Technical('会话编号', 'id of the session')
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Technical('结束时间', 'when it ended')
  @Index('ix_erased_sessions_ended_at')
  @Column(datetime('ended_at'))
  endedAt: Date;
}
