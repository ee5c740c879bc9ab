import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../../platform/data-map/data-map.js';
import { binary, datetime } from '../../platform/database/column-kinds.js';

/** One line of a file that was imported: it is not imported again, whatever has become of its user since. */
@Kept({
  purpose: {
    zh: '记住文件的哪些行已经导入，重复导入不会出现两个账号，也带不回已注销的人',
    en: 'which lines were imported, so that nobody comes twice, or back after an erasure',
  },
  retention: { zh: '一直', en: 'for good' },
  erasure: { zh: '与任何人都没有联系，保留', en: 'tied to nobody, kept' },
})
@Entity({ name: 'user_imports', engine: 'InnoDB' })
export class ImportedLine {
  /** Keyed hash of the line: says nothing about whom it was. */
  @Secret('该行的带密钥的指纹', 'keyed fingerprint of the line')
  @PrimaryColumn(binary('fingerprint', 32) as { type: 'binary' })
  fingerprint: Buffer;

  @Technical('导入时间', 'when it was imported')
  @Index('ix_user_imports_created_at')
  @Column(datetime('created_at'))
  createdAt: Date;
}
