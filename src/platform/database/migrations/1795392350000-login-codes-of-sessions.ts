import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { schema } from '../schema.js';

/** Which login code opened a session: one code opens one session, and the device that lost the answer finds it again. */
export class LoginCodesOfSessions1795392350000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = schema(runner).binary('login_code_hash', 32, { isNullable: true });
    await runner.addColumn('sessions', new TableColumn(column));
    const index = { name: 'uq_sessions_login_code_hash', columnNames: ['login_code_hash'], isUnique: true };
    await runner.createIndex('sessions', new TableIndex(index));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('sessions', 'uq_sessions_login_code_hash');
    await runner.dropColumn('sessions', 'login_code_hash');
  }
}
