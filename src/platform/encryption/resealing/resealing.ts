import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Database } from '../../database/database.js';
import { isDuplicateKey } from '../../database/database-errors.js';
import { LOGGER } from '../../observability/logger.js';
import { DerivedKeys } from '../derived-keys.js';
import { SealBrokenError, SecretBox } from '../secret-box.js';
import { countOldSecrets, type OldSecrets } from './old-secrets.js';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-column.js';

type Row = Record<string, unknown>;

const BATCH = 200;

/**
 * Seals again, with the APP_SECRET in use, what a previous one has sealed: row by row, behind the requests. It keeps no
 * record of how far it came: what is left can be seen on the values themselves, so it may be killed and run again.
 */
@Injectable()
export class Resealing implements OnApplicationShutdown {
  private isStopped = false;

  constructor(
    @Inject(SEALED_COLUMNS) private readonly columns: SealedColumn[],
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly keys: DerivedKeys,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationShutdown(): void {
    this.isStopped = true;
  }

  /** Seals again what is there now, and says how many values it were. */
  async run(): Promise<number> {
    let resealed = 0;
    for (const column of this.columns) resealed += await this.runColumn(column);
    return resealed;
  }

  /** While one of these is above zero, the previous secret is still needed. */
  countOld(): Promise<OldSecrets[]> {
    return countOldSecrets(this.database, this.secrets.prefix, this.columns);
  }

  private async runColumn(column: SealedColumn): Promise<number> {
    let resealed = 0;
    for (let rows = await this.batchAfter(column); rows.length > 0 && !this.isStopped;) {
      for (const row of rows) if (await this.resealRow(column, row)) resealed++;
      await otherWork();
      rows = rows.length < BATCH ? [] : await this.batchAfter(column, rows.at(-1)![column.id]);
    }
    return resealed;
  }

  // By the primary key, and whether old or not: a batch never costs more than its rows.
  private batchAfter({ table, id, column, reads = [] }: SealedColumn, last?: unknown): Promise<Row[]> {
    const from = last === undefined ? '' : `AND ${id} > ?`;
    const sql = `SELECT ${[id, column, ...reads].join(', ')} FROM ${table}
      WHERE ${column} IS NOT NULL ${from} ORDER BY ${id} LIMIT ${BATCH}`;
    return this.database.rows<Row>(sql, last === undefined ? [] : [last]);
  }

  private async resealRow(column: SealedColumn, row: Row): Promise<boolean> {
    const sealed = row[column.column] as string;
    if (sealed.startsWith(this.secrets.prefix)) return false;
    try {
      return await this.replace(column, row, sealed);
    } catch (err) {
      if (!(err instanceof SealBrokenError) && !isDuplicateKey(err)) throw err;
      const { table, id } = column;
      this.logger.warn({ err, table, column: column.column, id: row[id] }, 'a stored secret could not be sealed again');
      return false;
    }
  }

  // Only what was read is replaced: a secret that somebody has just changed is newer.
  private async replace(column: SealedColumn, row: Row, sealed: string): Promise<boolean> {
    const owner = column.ownerOf(row);
    const secret = this.secrets.open(sealed, owner);
    const values = { [column.column]: this.secrets.seal(secret, owner), ...column.alongside?.(secret, this.keys) };
    const assignments = Object.keys(values).map((name) => `${name} = ?`);
    const sql = `UPDATE ${column.table} SET ${assignments.join(', ')} WHERE ${column.id} = ? AND ${column.column} = ?`;
    const parameters = [...Object.values(values), row[column.id], sealed];
    return (await this.database.write(sql, parameters)).affected === 1;
  }
}
