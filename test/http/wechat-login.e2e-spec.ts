import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { PATIENT } from '../support/mini-programs.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('POST /api/v1/auth/wechat', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp(PATIENT);
  });
  afterAll(() => test?.close());

  const count = async (table: string): Promise<number> => {
    const [row] = await test.dataSource.query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row!.n);
  };

  it('makes the user on the first visit and knows them on the second', async () => {
    const first = await loginWithWechat(test, 'alice');
    const second = await loginWithWechat(test, 'alice');

    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ tokenType: 'Bearer', isNewUser: true, refreshExpiresIn: 604800 });
    expect(second.body).toMatchObject({ isNewUser: false, user: { id: first.body.user.id } });
    expect(second.body.sessionId).not.toBe(first.body.sessionId);
  });

  it('makes exactly one user of 200 first logins at once', async () => {
    const [users, accounts] = [await count('users'), await count('wechat_accounts')];
    const codes = await test.wechat.codes('crowd', 200);

    const answers = await Promise.all(
      codes.map((code) => test.client.post<TokensDto>('/api/v1/auth/wechat', { code })),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.isNewUser)).toHaveLength(1);
    expect([await count('users'), await count('wechat_accounts')]).toEqual([users + 1, accounts + 1]);
  });

  it('takes openids that differ only in letter case for two people', async () => {
    const lower = await test.wechat.code('case-lower', { openid: 'oCaseTest_aaaaaaaaaaaaaaaaaa' });
    const upper = await test.wechat.code('case-upper', { openid: 'oCaseTest_AAAAAAAAAAAAAAAAAA' });

    const first = await test.client.post<TokensDto>('/api/v1/auth/wechat', { code: lower });
    const second = await test.client.post<TokensDto>('/api/v1/auth/wechat', { code: upper });

    expect([first.body.isNewUser, second.body.isNewUser]).toEqual([true, true]);
    expect(second.body.user.id).not.toBe(first.body.user.id);
  });
});
