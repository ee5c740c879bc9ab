import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** Which lines of files have been imported, so that an import may be cut off and begun again. */
export class UserImports1795393100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'user_imports',
        engine: 'InnoDB',
        columns: [s.binary('fingerprint', 32, { isPrimary: true }), s.datetime('created_at')],
        indices: [{ name: 'ix_user_imports_created_at', columnNames: ['created_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('user_imports');
  }
}
