import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** What WeChat has pushed: written before WeChat is answered, worked off after, each message once. */
export class PushEvents1795392400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'push_events',
        engine: 'InnoDB',
        columns: [
          s.id(),
          s.binary('dedup_key', 32),
          s.binary('delivery_key', 32),
          s.ascii('app_id', 32),
          s.ascii('event', 64),
          s.ascii('payload_encrypted', 1024, { isNullable: true }),
          s.ascii('state', 16),
          s.int('attempts'),
          s.datetime('next_attempt_at'),
          ...s.times(),
        ],
        indices: [
          { name: 'uq_push_events_dedup_key', columnNames: ['dedup_key'], isUnique: true },
          { name: 'uq_push_events_delivery_key', columnNames: ['delivery_key'], isUnique: true },
          { name: 'ix_push_events_state_next_attempt_at', columnNames: ['state', 'next_attempt_at'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('push_events');
  }
}
