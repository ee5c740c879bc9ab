import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { binary, datetime } from '../../platform/database/column-kinds.js';

/** One line of a file that was imported: it is not imported again, whatever has become of its user since. */
@Entity({ name: 'user_imports', engine: 'InnoDB' })
export class ImportedLine {
  /** Keyed hash of the line: says nothing about whom it was. */
  @PrimaryColumn(binary('fingerprint', 32) as { type: 'binary' })
  fingerprint: Buffer;

  @Index('ix_user_imports_created_at')
  @Column(datetime('created_at'))
  createdAt: Date;
}
