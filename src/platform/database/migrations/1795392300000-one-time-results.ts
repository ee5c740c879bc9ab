import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** What became of each of WeChat's one-time codes: it works once, but the answer to its request may be lost. */
export class OneTimeResults1795392300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'one_time_results',
        engine: 'InnoDB',
        columns: [
          s.binary('id', 32, { isPrimary: true }),
          s.binary('requester', 32),
          s.ascii('state', 16),
          s.ascii('result', 512, { isNullable: true }),
          s.datetime('expires_at'),
          ...s.times(),
        ],
        indices: [{ name: 'ix_one_time_results_expires_at', columnNames: ['expires_at'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('one_time_results');
  }
}
