import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { schema } from '../schema.js';

const OF_USER = new TableIndex({ name: 'ix_webhook_deliveries_user_id', columnNames: ['user_id'] });

/**
 * What an erasure needs: other processes learn of the ended sessions from rows that say nothing about anybody, and
 * deliveries are found by whom they are about.
 */
export class Erasures1795392510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'erased_sessions',
        engine: 'InnoDB',
        columns: [s.ascii('id', 36, { isPrimary: true }), s.datetime('ended_at')],
        indices: [{ name: 'ix_erased_sessions_ended_at', columnNames: ['ended_at'] }],
      }),
    );
    await runner.addColumn('webhook_deliveries', new TableColumn(s.bigint('user_id', { isNullable: true })));
    await runner.createIndex('webhook_deliveries', OF_USER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('webhook_deliveries', OF_USER);
    await runner.dropColumn('webhook_deliveries', 'user_id');
    await runner.dropTable('erased_sessions');
  }
}
