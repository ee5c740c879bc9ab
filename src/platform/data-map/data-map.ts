import type { Localized } from '../errors/app-error.js';

/** `secret`: never shown, not even to whom it is about. */
export type ColumnKind = 'personal' | 'technical' | 'secret';

/** What a column holds. */
export interface ColumnFacts extends Localized {
  kind: ColumnKind;
}

type Row = Record<string, unknown>;

/** Why a table is there, and what becomes of its rows. */
export interface TableFacts {
  purpose: Localized;
  retention: Localized;
  /** What becomes of the rows of somebody whose account is erased. */
  erasure: Localized;
  /** The properties that name the user a row is about; none for rows that are about nobody. */
  owners?: string[];
  /** Instead of owners: the property that names a row of another table that has some. */
  through?: { property: string; table: string };
  /** Takes out of an exported row what is about somebody else. */
  conceal?: (row: Row, userIds: string[]) => Row;
}

type EntityClass = abstract new (...parameters: never[]) => object;

const tables = new Map<unknown, TableFacts>();
const columns = new Map<unknown, Map<string, ColumnFacts>>();

const EVERYWHERE: Record<string, ColumnFacts> = {
  createdAt: { kind: 'technical', zh: '写入时间', en: 'when the row was written' },
  updatedAt: { kind: 'technical', zh: '最后修改时间', en: 'when the row was last changed' },
};

/** Says of an entity what docs/data-map.md tells about its table; the export of personal data goes by it. */
export const Kept = (facts: TableFacts) => (target: EntityClass) => void tables.set(target, facts);

/** A column that says something about a person. */
export const Personal = (zh: string, en: string) => describe({ kind: 'personal', zh, en });

/** A column that only makes the server work. */
export const Technical = (zh: string, en: string) => describe({ kind: 'technical', zh, en });

/** A column that would let somebody in, or be guessed from: it is left out of every export. */
export const Secret = (zh: string, en: string) => describe({ kind: 'secret', zh, en });

export function tableFacts(entity: unknown): TableFacts | undefined {
  return tables.get(entity);
}

export function columnFacts(entity: unknown, property: string): ColumnFacts | undefined {
  return columns.get(entity)?.get(property) ?? EVERYWHERE[property];
}

function describe(facts: ColumnFacts) {
  return (prototype: object, property: string): void => {
    const known = columns.get(prototype.constructor) ?? new Map<string, ColumnFacts>();
    columns.set(prototype.constructor, known.set(property, facts));
  };
}
