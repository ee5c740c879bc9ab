import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

const CHECK = { name: 'ck_attempt_counters_under_way', expression: 'under_way >= 0' };

/** Failed attempts, counted over all processes where there is no Redis: in memory each process had its own count. */
export class AttemptCounters1795392900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'attempt_counters',
        engine: 'InnoDB',
        columns: [
          s.binary('id', 32, { isPrimary: true }),
          s.int('free'),
          s.int('failures'),
          s.int('under_way', { unsigned: false }),
          s.datetime('blocked_until'),
          s.datetime('busy_until'),
          s.datetime('forget_at'),
          ...s.times(),
        ],
        checks: [CHECK],
        indices: [{ name: 'ix_attempt_counters_forget_at', columnNames: ['forget_at'] }],
      }),
    );
    // TypeORM leaves checks out on MySQL, which enforces them since 8.0.16.
    if (runner.dataSource.options.type !== 'mysql') return;
    await runner.query(`ALTER TABLE attempt_counters ADD CONSTRAINT ${CHECK.name} CHECK (${CHECK.expression})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('attempt_counters');
  }
}
