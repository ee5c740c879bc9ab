import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { schema } from '../schema.js';

const SOLE_STATE = { name: 'uq_signing_keys_sole_state', columnNames: ['sole_state'], isUnique: true };

/** One key signs and one waits, held by a unique index; a retired key has no private half and an end. */
export class KeyRotation1795392700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    const nullable = { isNullable: true };
    await runner.changeColumn('signing_keys', 'private_key_encrypted', privateKey(runner, true));
    await runner.addColumn('signing_keys', new TableColumn(s.ascii('sole_state', 16, nullable)));
    await runner.addColumn('signing_keys', new TableColumn(s.datetime('verifies_until', nullable)));
    await this.appointSigner(runner);
    await runner.createIndex('signing_keys', new TableIndex(SOLE_STATE));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM signing_keys WHERE private_key_encrypted IS NULL');
    await runner.dropIndex('signing_keys', SOLE_STATE.name);
    await runner.dropColumns('signing_keys', ['sole_state', 'verifies_until']);
    await runner.changeColumn('signing_keys', 'private_key_encrypted', privateKey(runner, false));
  }

  // Two servers that started at once on an empty database may each have made a key: the newest is the one in use.
  private async appointSigner(runner: QueryRunner): Promise<void> {
    const newest = "SELECT kid FROM signing_keys WHERE state = 'signing' ORDER BY created_at DESC, kid LIMIT 1";
    const [row] = (await runner.query(newest)) as { kid: string }[];
    if (!row) return;
    await runner.query("UPDATE signing_keys SET sole_state = 'signing' WHERE kid = ?", [row.kid]);
    await runner.query("UPDATE signing_keys SET state = 'retired' WHERE state = 'signing' AND kid <> ?", [row.kid]);
  }
}

function privateKey(runner: QueryRunner, isNullable: boolean): TableColumn {
  return new TableColumn(schema(runner).ascii('private_key_encrypted', 512, { isNullable }));
}
