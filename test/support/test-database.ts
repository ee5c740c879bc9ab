import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

declare const TEST_DIALECT: 'mysql' | 'sqlite' | undefined;

export const isMysql = TEST_DIALECT === 'mysql';

/** A database of its own for one test file. */
export interface TestDatabase {
  settings: { DATA_DIR: string; DATABASE_URL?: string };
  drop(): Promise<void>;
}

/** An empty database of the dialect that this Jest project runs on. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'wx-login-test-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  if (!isMysql) return { settings: { DATA_DIR: folder }, drop: async () => removeFolder() };

  const name = `wxlogin_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  const drop = async () => {
    removeFolder();
    await asAdmin(`DROP DATABASE ${name}`);
  };
  return { settings: { DATA_DIR: folder, DATABASE_URL: url.href }, drop };
}

async function asAdmin(sql: string): Promise<void> {
  const connection = await createConnection(adminUrl());
  await connection.query(sql);
  await connection.end();
}

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set');
  return url;
}
