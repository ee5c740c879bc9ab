import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { SessionKeyResets } from '../../src/sessions/session-key-resets.js';
import { UsersService } from '../../src/users/users.service.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const RESET = '/wxa/resetusersessionkey';

describe('the session_key after the last session', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());
  afterEach(() => test.wechat.heal());

  const login = async (user: string): Promise<TokensDto> => (await loginWithWechat(test, user)).body;
  const logout = async ({ accessToken }: TokensDto): Promise<number> => {
    const { status } = await test.client.post('/api/v1/auth/logout', undefined, { token: accessToken });
    await test.app.get(SessionKeyResets).flush();
    return status;
  };
  const keyOf = async ({ user }: TokensDto) =>
    (await test.app.get(UsersService).findWechatAccount(user.id))!.sessionKey;

  it('is ended at WeChat and forgotten here', async () => {
    const asked = await test.wechat.countCalls(RESET);
    const session = await login('anton');

    expect(await logout(session)).toBe(204);
    expect(await test.wechat.countCalls(RESET)).toBe(asked + 1);
    expect(await keyOf(session)).toBeNull();
  });

  it('stays while another session is open', async () => {
    const asked = await test.wechat.countCalls(RESET);
    const [first, second] = [await login('bruno'), await login('bruno')];
    await test.client.delete('/api/v1/sessions', { token: first.accessToken });
    await test.app.get(SessionKeyResets).flush();
    const whileOpen = await keyOf(second);
    await logout(first);

    expect(whileOpen).not.toBeNull();
    expect(await keyOf(first)).toBeNull();
    expect(await test.wechat.countCalls(RESET)).toBe(asked + 1);
  });

  it('does no harm when WeChat fails', async () => {
    await test.wechat.fault('errcode:-1', { endpoint: RESET });
    const session = await login('carl');

    expect(await logout(session)).toBe(204);
    expect(test.watch.lines.some((line) => line.includes('the key of a WeChat session could not be ended'))).toBe(true);
    expect((await login('carl')).user.id).toBe(session.user.id);
  });

  it('asks WeChat nothing about someone without a WeChat account', async () => {
    const asked = await test.wechat.countCalls(RESET);
    const { body } = await test.client.post<TokensDto>('/api/v1/auth/register', {
      username: 'Doris01',
      password: 'Blue-Kettle7',
    });

    expect(await logout(body)).toBe(204);
    expect(await test.wechat.countCalls(RESET)).toBe(asked);
  });
});
