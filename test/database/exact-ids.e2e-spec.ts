import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { Session } from '../../src/sessions/session.entity.js';
import { User } from '../../src/users/user.entity.js';
import { bulkInsert } from '../support/bulk-insert.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

// 2^53 + 1 and its neighbour: as numbers both would be 9007199254740992.
const BIG = '9007199254740993';
const NEIGHBOUR = '9007199254740992';
const appId = 'wx0000000000000001';

describe('An id beyond what a number can hold', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    const now = test.clock.now();
    const times = { created_at: now, updated_at: now };
    const account = { app_id: appId, last_login_at: now, ...times };
    await bulkInsert(test.dataSource, 'users', [
      { id: BIG, role: 'user', nickname: 'Big', ...times },
      { id: NEIGHBOUR, role: 'user', nickname: 'Neighbour', ...times },
    ]);
    await bulkInsert(test.dataSource, 'wechat_accounts', [
      { user_id: BIG, openid: 'oBigIdTest_bbbbbbbbbbbbbbbbb', ...account },
      { user_id: NEIGHBOUR, openid: 'oBigIdTest_nnnnnnnnnnnnnnnnn', ...account },
    ]);
  });
  afterAll(() => test?.close());

  const login = async (user: string, openid: string): Promise<TokensDto> => {
    const code = await test.wechat.code(user, { openid });
    return (await test.client.post<TokensDto>('/api/v1/auth/wechat', { code })).body;
  };

  it('is the same exact string in answers, tokens and tables', async () => {
    const { user, accessToken, sessionId } = await login('big', 'oBigIdTest_bbbbbbbbbbbbbbbbb');
    const me = await test.client.get<{ id: string; nickname: string }>('/api/v1/users/me', { token: accessToken });
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as { sub: unknown };
    const session = await test.dataSource.getRepository(Session).findOneByOrFail({ id: sessionId });

    expect([user.id, me.body.id, claims.sub, session.userId]).toEqual(Array(4).fill(BIG));
    expect(me.body.nickname).toBe('Big');
  });

  it('is never taken for its neighbour', async () => {
    const big = await login('big', 'oBigIdTest_bbbbbbbbbbbbbbbbb');
    const neighbour = await login('neighbour', 'oBigIdTest_nnnnnnnnnnnnnnnnn');

    await test.client.delete('/api/v1/sessions', { token: neighbour.accessToken });

    expect(neighbour.user.id).toBe(NEIGHBOUR);
    expect((await test.client.get('/api/v1/users/me', { token: big.accessToken })).status).toBe(200);
    const users = test.dataSource.getRepository(User);
    expect(await users.findOneBy({ id: BIG })).toMatchObject({ id: BIG, nickname: 'Big' });
    expect(await users.findOneBy({ id: NEIGHBOUR })).toMatchObject({ id: NEIGHBOUR, nickname: 'Neighbour' });
  });
});
