import type { MergeReportDto } from '../../src/auth/admin/dto/merge-report.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { adminToken, countRows } from './account-rows.js';
import type { Answer } from './http-client.js';
import { APPS } from './mini-programs.js';
import type { TestApp } from './test-app.js';

/** What a merge answers for two users of whom one has nothing. */
export const NOTHING = { wechatAccounts: 0, unions: 0, sessions: 0, username: false, email: false, phone: false };

/** An admin at the door that merges users, and the people who are merged. */
export class Merging {
  private newcomers = 0;

  private constructor(
    private readonly test: TestApp,
    readonly token: string,
  ) {}

  static async start(test: TestApp): Promise<Merging> {
    return new Merging(test, await adminToken(test));
  }

  /** Logs a simulated WeChat user in to the shop. */
  async login(user: string, unionid?: string): Promise<TokensDto> {
    const appId = APPS.shop.id;
    const code = await this.test.wechat.code(user, { appId, unionid });
    return (await this.test.client.post<TokensDto>('/api/v1/auth/wechat', { code, appId })).body;
  }

  newcomer(unionid?: string): Promise<TokensDto> {
    return this.login(`newcomer-${++this.newcomers}`, unionid);
  }

  merge(from: TokensDto, into: TokensDto, more: object = {}): Promise<Answer<MergeReportDto>> {
    return this.ask<MergeReportDto>(from.user.id, { into: into.user.id, ...more });
  }

  /** What the door says to a request that it refuses. */
  async refusal(from: string, body: object, token = this.token) {
    const { status, body: problem } = await this.ask<ProblemDetails>(from, body, token);
    return { status, code: problem.code, fields: problem.errors?.map(({ field }) => field) };
  }

  /** How many rows of each kind a user has. */
  async rowsOf({ user }: TokensDto) {
    const [wechatAccounts, unions, sessions] = await Promise.all(
      ['wechat_accounts', 'wechat_unions', 'sessions'].map((table) =>
        countRows(this.test, table, 'user_id = ?', [user.id]),
      ),
    );
    return { wechatAccounts, unions, sessions };
  }

  private ask<Body>(from: string, body: object, token = this.token): Promise<Answer<Body>> {
    return this.test.client.post<Body>(`/api/v1/admin/users/${from}/merge`, body, { token });
  }
}
