import type { DerivedKeys } from '../derived-keys.js';

/** Where a feature keeps sealed secrets. */
export interface SealedColumn {
  table: string;
  /** The column that is the primary key. */
  id: string;
  column: string;
  /** Further columns that `ownerOf` needs. */
  reads?: string[];
  /** Whom the secret of a row is sealed for. */
  ownerOf(row: Record<string, unknown>): string;
  /** Columns that are computed from the secret and a derived key. */
  alongside?(secret: Buffer, keys: DerivedKeys): Record<string, Buffer>;
}

/** Injection token of all of them. */
export const SEALED_COLUMNS = Symbol('SealedColumns');
