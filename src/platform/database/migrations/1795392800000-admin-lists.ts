import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { schema } from '../schema.js';

const INDICES = [
  ['users', 'ix_users_role', ['role']],
  ['users', 'ix_users_banned_until', ['banned_until']],
  ['audit_events', 'ix_audit_events_actor_id_created_at', ['actor_id', 'created_at']],
  ['audit_events', 'ix_audit_events_type_created_at', ['type', 'created_at']],
] as const;

/** Who did it, on every audit event, and an index for each way in which admins look for users and events. */
export class AdminLists1795392800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('audit_events', new TableColumn(schema(runner).bigint('actor_id', { isNullable: true })));
    for (const [table, name, columnNames] of INDICES)
      await runner.createIndex(table, new TableIndex({ name, columnNames: [...columnNames] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, name] of INDICES.toReversed()) await runner.dropIndex(table, name);
    await runner.dropColumn('audit_events', 'actor_id');
  }
}
