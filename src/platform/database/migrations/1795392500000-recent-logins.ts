import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { schema } from '../schema.js';

/**
 * When a user last proved who they are, on the session they did it in. It may be empty, so that a server of the release
 * before can go on opening sessions beside this one: then it was at the login.
 */
export class RecentLogins1795392500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = schema(runner).datetime('authenticated_at', { isNullable: true });
    await runner.addColumn('sessions', new TableColumn(column));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sessions', 'authenticated_at');
  }
}
