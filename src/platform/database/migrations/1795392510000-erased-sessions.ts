import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** When somebody is erased, other processes learn of their ended sessions from rows that say nothing about anybody. */
export class ErasedSessions1795392510000 implements MigrationInterface {
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
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('erased_sessions');
  }
}
