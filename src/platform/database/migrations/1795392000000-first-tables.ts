import { type MigrationInterface, type QueryRunner, Table, type TableForeignKeyOptions } from 'typeorm';
import { schema } from '../schema.js';

const toUser: TableForeignKeyOptions = {
  columnNames: ['user_id'],
  referencedTableName: 'users',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
  onUpdate: 'NO ACTION',
};
const nullable = { isNullable: true };
const index = (table: string, ...columnNames: string[]) => ({
  name: `ix_${table}_${columnNames.join('_')}`,
  columnNames,
});
const unique = (table: string, ...columnNames: string[]) => ({
  name: `uq_${table}_${columnNames.join('_')}`,
  columnNames,
  isUnique: true,
});

/** The tables login needs: people, their WeChat accounts, their sessions, the signing keys, the audit trail. */
export class FirstTables1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createUsers(runner);
    await this.createWechatAccounts(runner);
    await this.createSessions(runner);
    await this.createSigningKeys(runner);
    await this.createAuditEvents(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_events', 'signing_keys', 'sessions', 'wechat_accounts', 'users'])
      await runner.dropTable(table);
  }

  private async createUsers(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'users',
        engine: 'InnoDB',
        columns: [
          s.id(),
          s.ascii('username', 50, nullable),
          s.ascii('username_key', 50, nullable),
          s.ascii('password_hash', 255, nullable),
          s.datetime('password_changed_at', nullable),
          s.exactText('email', 100, nullable),
          s.text('nickname', 64, nullable),
          s.text('avatar_url', 512, nullable),
          s.ascii('role', 16),
          s.datetime('banned_until', nullable),
          s.text('ban_reason', 255, nullable),
          ...s.times(),
        ],
        indices: [unique('users', 'username_key'), unique('users', 'email')],
      }),
    );
  }

  private async createWechatAccounts(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'wechat_accounts',
        engine: 'InnoDB',
        columns: [
          s.id(),
          s.bigint('user_id'),
          s.ascii('app_id', 32),
          s.ascii('openid', 64),
          s.ascii('unionid', 64, nullable),
          s.ascii('session_key_encrypted', 191, nullable),
          s.datetime('session_key_at', nullable),
          s.datetime('last_login_at'),
          ...s.times(),
        ],
        indices: [
          unique('wechat_accounts', 'app_id', 'openid'),
          index('wechat_accounts', 'unionid'),
          index('wechat_accounts', 'user_id'),
        ],
        foreignKeys: [{ name: 'fk_wechat_accounts_user', ...toUser }],
      }),
    );
  }

  private async createSessions(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'sessions',
        engine: 'InnoDB',
        columns: [
          s.ascii('id', 36, { isPrimary: true }),
          s.bigint('user_id'),
          s.binary('token', 32),
          s.int('generation'),
          s.int('seen_generation'),
          s.datetime('rotated_at'),
          s.datetime('expires_at'),
          s.datetime('absolute_expires_at'),
          s.ascii('ip_address', 45),
          s.text('user_agent', 255),
          s.exactText('device_id', 64, nullable),
          s.text('device_name', 100, nullable),
          s.text('platform', 32, nullable),
          s.ascii('app_id', 32, nullable),
          s.ascii('login_method', 16),
          s.datetime('last_seen_at'),
          s.datetime('ended_at', nullable),
          s.ascii('end_reason', 32, nullable),
          ...s.times(),
        ],
        indices: [
          unique('sessions', 'token'),
          index('sessions', 'user_id', 'ended_at'),
          index('sessions', 'expires_at'),
          index('sessions', 'ended_at'),
        ],
        foreignKeys: [{ name: 'fk_sessions_user', ...toUser }],
      }),
    );
  }

  private async createSigningKeys(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'signing_keys',
        engine: 'InnoDB',
        columns: [
          s.ascii('kid', 43, { isPrimary: true }),
          s.json('public_jwk'),
          s.ascii('private_key_encrypted', 512),
          s.ascii('state', 16),
          ...s.times(),
        ],
      }),
    );
  }

  private async createAuditEvents(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'audit_events',
        engine: 'InnoDB',
        columns: [
          s.id(),
          s.bigint('user_id', nullable),
          s.ascii('session_id', 36, nullable),
          s.ascii('type', 48),
          s.ascii('outcome', 16),
          s.ascii('ip_address', 45, nullable),
          s.text('user_agent', 255, nullable),
          s.json('detail', nullable),
          s.datetime('created_at'),
        ],
        indices: [
          index('audit_events', 'user_id', 'created_at'),
          index('audit_events', 'session_id'),
          index('audit_events', 'created_at'),
        ],
      }),
    );
  }
}
