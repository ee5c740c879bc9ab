import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableForeignKey, TableIndex } from 'typeorm';
import { type Schema, schema } from '../schema.js';

const nullable = { isNullable: true };
const UNIQUE_PHONE = new TableIndex({ name: 'uq_users_phone_hash', columnNames: ['phone_hash'], isUnique: true });
const TOMBSTONES = new TableIndex({ name: 'ix_users_merged_into', columnNames: ['merged_into'] });
const TO_SURVIVOR = new TableForeignKey({
  name: 'fk_users_merged_into',
  columnNames: ['merged_into'],
  referencedTableName: 'users',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
  onUpdate: 'NO ACTION',
});

/** One unionid, one user; a phone number of one's own; and users that were merged into another. */
export class UnionsAndPhones1795392200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.addColumns(
      'users',
      [
        s.ascii('phone_encrypted', 191, nullable),
        s.binary('phone_hash', 32, nullable),
        s.ascii('phone_masked', 24, nullable),
        s.bigint('merged_into', nullable),
      ].map((column) => new TableColumn(column)),
    );
    await runner.createIndices('users', [UNIQUE_PHONE, TOMBSTONES]);
    await runner.createForeignKey('users', TO_SURVIVOR);
    await runner.createTable(unions(s));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('wechat_unions');
    await runner.dropForeignKey('users', TO_SURVIVOR.name!);
    await runner.dropIndices('users', [UNIQUE_PHONE, TOMBSTONES]);
    await runner.dropColumns('users', ['phone_encrypted', 'phone_hash', 'phone_masked', 'merged_into']);
  }
}

function unions(s: Schema): Table {
  return new Table({
    name: 'wechat_unions',
    engine: 'InnoDB',
    columns: [
      s.ascii('open_platform', 64, { isPrimary: true }),
      s.ascii('unionid', 64, { isPrimary: true }),
      s.bigint('user_id'),
      ...s.times(),
    ],
    indices: [{ name: 'ix_wechat_unions_user_id', columnNames: ['user_id'] }],
    foreignKeys: [
      {
        name: 'fk_wechat_unions_user',
        columnNames: ['user_id'],
        referencedTableName: 'users',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
        onUpdate: 'NO ACTION',
      },
    ],
  });
}
