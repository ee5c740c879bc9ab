import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** Who agreed to which version of which policy, and when, or took it back. */
export class Consents1795392520000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'consents',
        engine: 'InnoDB',
        columns: [
          s.id(),
          s.bigint('user_id'),
          s.ascii('policy', 32),
          s.ascii('version', 32),
          s.datetime('given_at'),
          s.datetime('withdrawn_at', { isNullable: true }),
          ...s.times(),
        ],
        indices: [{ name: 'ix_consents_user_id_policy', columnNames: ['user_id', 'policy'] }],
        foreignKeys: [
          {
            name: 'fk_consents_user',
            columnNames: ['user_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
            onUpdate: 'NO ACTION',
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('consents');
  }
}
