import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { schema } from '../schema.js';

/** What several processes have to share about WeChat: its access tokens, so that none ends another's, and its quotas. */
export class WechatAccessTokens1795392100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createAccessTokens(runner);
    await this.createUsage(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['wechat_usage', 'wechat_access_tokens']) await runner.dropTable(table);
  }

  private async createAccessTokens(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'wechat_access_tokens',
        engine: 'InnoDB',
        columns: [
          s.ascii('app_id', 32, { isPrimary: true }),
          s.ascii('secret_fingerprint', 32, { isPrimary: true }),
          s.ascii('token_encrypted', 2048),
          s.datetime('expires_at'),
          s.datetime('fetched_at'),
        ],
      }),
    );
  }

  private async createUsage(runner: QueryRunner): Promise<void> {
    const s = schema(runner);
    await runner.createTable(
      new Table({
        name: 'wechat_usage',
        engine: 'InnoDB',
        columns: [
          s.ascii('app_id', 32, { isPrimary: true }),
          s.ascii('day', 10, { isPrimary: true }),
          s.ascii('endpoint', 64, { isPrimary: true }),
          s.ascii('outcome', 16, { isPrimary: true }),
          s.bigint('calls'),
          s.datetime('last_at'),
        ],
      }),
    );
  }
}
