import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { schema } from '../schema.js';

const INDEX = 'uq_sessions_device_key';
const COLUMNS = ['first_generation', 'logged_in_at', 'device_key'];

/**
 * One session for each user, mini-program and device: a WeChat login takes it up instead of adding a row. A server of the
 * release before can go on beside this one: it leaves all three as they are.
 */
export class SessionsOfDevices1795392610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    const columns = [
      s.int('first_generation', { default: 1 }),
      s.datetime('logged_in_at', { isNullable: true }),
      s.binary('device_key', 32, { isNullable: true }),
    ];
    for (const column of columns) await runner.addColumn('sessions', new TableColumn(column));
    await runner.createIndex('sessions', new TableIndex({ name: INDEX, columnNames: ['device_key'], isUnique: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('sessions', INDEX);
    for (const column of COLUMNS) await runner.dropColumn('sessions', column);
  }
}
