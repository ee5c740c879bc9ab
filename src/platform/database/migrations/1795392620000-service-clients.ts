import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** Other services that may ask about tokens, with hashes of their secrets. */
export class ServiceClients1795392620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'service_clients',
        engine: 'InnoDB',
        columns: [
          s.ascii('id', 36, { isPrimary: true }),
          s.text('name', 100),
          s.binary('secret_hash', 32),
          s.binary('previous_secret_hash', 32, { isNullable: true }),
          s.datetime('previous_secret_until', { isNullable: true }),
          s.datetime('disabled_at', { isNullable: true }),
          ...s.times(),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('service_clients');
  }
}
