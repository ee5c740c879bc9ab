import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** Who wants to be told of audit events, and the outbox of what they are told. */
export class Webhooks1795392810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(endpoints(runner));
    await runner.createTable(deliveries(runner));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('webhook_deliveries');
    await runner.dropTable('webhook_endpoints');
  }
}

function endpoints(runner: QueryRunner): Table {
  const s = schema(runner);
  return new Table({
    name: 'webhook_endpoints',
    engine: 'InnoDB',
    columns: [
      s.ascii('id', 36, { isPrimary: true }),
      s.exactText('url', 512),
      s.text('description', 100, { isNullable: true }),
      s.ascii('types', 2048),
      s.ascii('secret_encrypted', 191),
      s.ascii('previous_secret_encrypted', 191, { isNullable: true }),
      s.datetime('previous_secret_until', { isNullable: true }),
      s.datetime('disabled_at', { isNullable: true }),
      s.ascii('disabled_reason', 16, { isNullable: true }),
      s.bigint('created_by', { isNullable: true }),
      ...s.times(),
    ],
  });
}

function deliveries(runner: QueryRunner): Table {
  const s = schema(runner);
  return new Table({
    name: 'webhook_deliveries',
    engine: 'InnoDB',
    columns: [
      s.ascii('id', 36, { isPrimary: true }),
      s.ascii('endpoint_id', 36),
      s.ascii('type', 48),
      s.exactText('payload', 4000),
      s.ascii('state', 16),
      s.int('attempts'),
      s.datetime('due_at', { isNullable: true }),
      s.int('last_status', { isNullable: true }),
      s.ascii('last_error', 32, { isNullable: true }),
      s.exactText('response_snippet', 256, { isNullable: true }),
      s.datetime('finished_at', { isNullable: true }),
      ...s.times(),
    ],
    indices: [
      { name: 'ix_webhook_deliveries_endpoint_id_due_at', columnNames: ['endpoint_id', 'due_at'] },
      { name: 'ix_webhook_deliveries_endpoint_id_id', columnNames: ['endpoint_id', 'id'] },
      { name: 'ix_webhook_deliveries_endpoint_id_state_id', columnNames: ['endpoint_id', 'state', 'id'] },
      { name: 'ix_webhook_deliveries_finished_at', columnNames: ['finished_at'] },
    ],
    foreignKeys: [
      {
        name: 'fk_webhook_deliveries_endpoint',
        columnNames: ['endpoint_id'],
        referencedTableName: 'webhook_endpoints',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
        onUpdate: 'NO ACTION',
      },
    ],
  });
}
