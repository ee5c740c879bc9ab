import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Kept, Technical } from '../../platform/data-map/data-map.js';
import { binary, datetime } from '../../platform/database/column-kinds.js';

/** One line of a file that was imported: it is not imported again, whatever has become of its user since. */
@Kept({
  purpose: { zh: '重复执行同一次导入时不重复建立账号', en: 'running the same import again makes no user twice' },
  retention: { zh: '400 天', en: '400 days' },
  erasure: {
    zh: '保留：无法从中得知是谁，且避免已注销的人被再次导入',
    en: 'stays: it says of nobody who they were, and keeps whoever was erased from being imported again',
  },
})
@Entity({ name: 'user_imports', engine: 'InnoDB' })
export class ImportedLine {
  /** Keyed hash of the line: says nothing about whom it was. */
  @Technical('一行的带密钥哈希', 'keyed hash of a line')
  @PrimaryColumn(binary('fingerprint', 32) as { type: 'binary' })
  fingerprint: Buffer;

  @Technical('导入时间', 'when it was imported')
  @Index('ix_user_imports_created_at')
  @Column(datetime('created_at'))
  createdAt: Date;
}
