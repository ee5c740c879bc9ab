import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { schema } from '../schema.js';

const OF_USER = new TableIndex({ name: 'ix_webhook_deliveries_user_id', columnNames: ['user_id'] });

/** Whom a webhook delivery is about, so that an erasure finds it. */
export class DeliveriesOfUsers1795392990000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = schema(runner).bigint('user_id', { isNullable: true });
    await runner.addColumn('webhook_deliveries', new TableColumn(column));
    await runner.createIndex('webhook_deliveries', OF_USER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('webhook_deliveries', OF_USER);
    await runner.dropColumn('webhook_deliveries', 'user_id');
  }
}
