import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** What happened to each session, so that its owner can see why they were logged out. Goes with the session. */
export class SessionEvents1795392600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'session_events',
        engine: 'InnoDB',
        columns: [
          s.id(),
          s.ascii('session_id', 36),
          s.ascii('type', 16),
          s.ascii('reason', 32, { isNullable: true }),
          s.ascii('ip_address', 45, { isNullable: true }),
          s.datetime('created_at'),
        ],
        indices: [
          { name: 'ix_session_events_session_id_created_at', columnNames: ['session_id', 'created_at'] },
          { name: 'ix_session_events_created_at', columnNames: ['created_at'] },
        ],
        foreignKeys: [
          {
            name: 'fk_session_events_session',
            columnNames: ['session_id'],
            referencedTableName: 'sessions',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
            onUpdate: 'NO ACTION',
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('session_events');
  }
}
