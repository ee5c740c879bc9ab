import type { ColumnOptions } from 'typeorm';

/** Column options that entities share, so that one kind of column is written one way. The migrations' twin is schema.ts. */
export const bigint = (name: string, options: ColumnOptions = {}): ColumnOptions => ({
  name,
  type: 'bigint',
  unsigned: true,
  ...options,
});

export const int = (name: string, options: ColumnOptions = {}): ColumnOptions => ({
  name,
  type: 'int',
  unsigned: true,
  ...options,
});

/** Text that people write. */
export const text = (name: string, length: number, options: ColumnOptions = {}): ColumnOptions => ({
  name,
  type: 'varchar',
  length,
  charset: 'utf8mb4',
  collation: 'utf8mb4_unicode_ci',
  ...options,
});

/** Text that people write, compared character by character. */
export const exactText = (name: string, length: number, options: ColumnOptions = {}): ColumnOptions =>
  text(name, length, { collation: 'utf8mb4_bin', ...options });

/** Text of machines (ids, openids, codes), compared byte by byte. */
export const ascii = (name: string, length: number, options: ColumnOptions = {}): ColumnOptions => ({
  name,
  type: 'varchar',
  length,
  charset: 'ascii',
  collation: 'ascii_bin',
  ...options,
});

export const binary = (name: string, length: number, options: ColumnOptions = {}): ColumnOptions => ({
  name,
  type: 'binary',
  length,
  ...options,
});

/** A moment in UTC, to the millisecond. */
export const datetime = (name: string, options: ColumnOptions = {}): ColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...options,
});
