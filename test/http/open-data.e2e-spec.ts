import { UsersService } from '../../src/users/users.service.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { Answer } from '../support/http-client.js';
import { OpenDataPen } from '../support/open-data.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const CHECK = '/wxa/checksession';
const PROFILE = { nickName: '小明🌿', gender: 1, country: 'CN' };

describe('open data of a mini-program', () => {
  let test: TestApp;
  let name = 0;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());
  afterEach(() => test.wechat.heal());

  interface Visitor {
    user: string;
    userId: string;
    token: string;
    pen: OpenDataPen;
  }

  const visit = async (): Promise<Visitor> => {
    const user = `visitor-${++name}`;
    const { body } = await loginWithWechat(test, user);
    return { user, userId: body.user.id, token: body.accessToken, pen: await OpenDataPen.of(test, body.user.id) };
  };
  const openidOf = async ({ userId }: Visitor) => (await test.app.get(UsersService).findWechatAccount(userId))!.openid;
  const keyOf = async ({ userId }: Visitor) => (await test.app.get(UsersService).findWechatAccount(userId))!.sessionKey;
  // A visitor whose access token outlives the wait: it is refreshed after the clock has moved.
  const later = async (minutes: number): Promise<Visitor> => {
    const visitor = await visit();
    test.clock.advance({ minutes });
    return visitor;
  };
  const decrypt = ({ token }: Visitor, body: object): Promise<Answer<ProblemDetails>> =>
    test.client.post('/api/v1/users/me/wechat/decrypt', body, { token });
  const verify = ({ token }: Visitor, body: object): Promise<Answer<ProblemDetails & { valid?: boolean }>> =>
    test.client.post('/api/v1/users/me/wechat/verify', body, { token });

  describe('POST /api/v1/users/me/wechat/decrypt', () => {
    it('answers with the object, without its watermark', async () => {
      const visitor = await visit();
      const answer = await decrypt(visitor, visitor.pen.encrypt({ ...PROFILE, openId: await openidOf(visitor) }));

      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ ...PROFILE, openId: await openidOf(visitor) });
    });

    it('drops a unionid that nothing says is the caller’s', async () => {
      const visitor = await visit();
      const answer = await decrypt(visitor, visitor.pen.encrypt({ ...PROFILE, unionId: 'oSomeUnion' }));

      expect(answer.body).toEqual(PROFILE);
    });

    it.each([
      ['data of another user', (pen: OpenDataPen) => pen.encrypt({ openId: 'oSomebodyElse' }), 'another user'],
      [
        'data of another app',
        (pen: OpenDataPen) => pen.encrypt({}, { appid: 'wx00000000000000ff' }),
        'another mini-program',
      ],
      ['old data', (pen: OpenDataPen) => pen.encrypt({}, { secondsAgo: 601 }), '10 minutes'],
      [
        'a plus that became a space',
        (pen: OpenDataPen) => ({ ...pen.encrypt({}), iv: 'AAAAAAAAAA AAAAAAAAAAA==' }),
        'became a space',
      ],
      ['what is no base64', (pen: OpenDataPen) => ({ ...pen.encrypt({}), encryptedData: 'hello!' }), 'base64'],
    ])('refuses %s and says so', async (_, write, reason) => {
      const visitor = await visit();
      const answer = await test.client.post<ProblemDetails>('/api/v1/users/me/wechat/decrypt', write(visitor.pen), {
        token: visitor.token,
        headers: { 'accept-language': 'en' },
      });

      expect([answer.status, answer.body.code]).toEqual([400, 'wechat.decryption_failed']);
      expect(answer.body.detail).toContain(reason);
    });

    it('does not ask WeChat about a key of the last five minutes that fits', async () => {
      const visitor = await later(5);
      const asked = await test.wechat.countCalls(CHECK);
      const { status } = await decrypt(visitor, visitor.pen.encrypt(PROFILE));

      expect([status, await test.wechat.countCalls(CHECK)]).toEqual([200, asked]);
    });

    it('lets WeChat confirm an older key first', async () => {
      const visitor = await later(6);
      const asked = await test.wechat.countCalls(CHECK);
      const { status } = await decrypt(visitor, visitor.pen.encrypt(PROFILE));

      expect([status, await test.wechat.countCalls(CHECK)]).toEqual([200, asked + 1]);
    });

    it('drops an old key that WeChat has replaced, and sends the client to log in again', async () => {
      const visitor = await later(6);
      await test.wechat.code(visitor.user); // wx.login on the phone, which the server was not told of
      const stale = await decrypt(visitor, visitor.pen.encrypt(PROFILE));
      const keyAfterwards = await keyOf(visitor);
      const asked = await test.wechat.countCalls(CHECK);
      const again = await decrypt(visitor, visitor.pen.encrypt(PROFILE));

      expect([stale.status, stale.body.code]).toEqual([409, 'wechat.session_key_stale']);
      expect(keyAfterwards).toBeNull();
      expect(again.body.code).toBe('wechat.session_key_stale');
      expect(await test.wechat.countCalls(CHECK)).toBe(asked);
    });

    it('tells a stale key from broken data when the key is young', async () => {
      const [stale, broken] = [await visit(), await visit()];
      await test.wechat.code(stale.user);
      const ofNewKey = await decrypt(stale, OpenDataPen.withAnotherKey(test).encrypt(PROFILE));
      const ofNoKey = await decrypt(broken, OpenDataPen.withAnotherKey(test).encrypt(PROFILE));

      expect(ofNewKey.body.code).toBe('wechat.session_key_stale');
      expect(ofNoKey.body.code).toBe('wechat.decryption_failed');
      expect(await keyOf(broken)).not.toBeNull();
    });

    it('keeps an old key when WeChat cannot be asked', async () => {
      const visitor = await later(6);
      await test.wechat.fault('errcode:45009', { endpoint: CHECK, times: 10 });
      const answer = await decrypt(visitor, visitor.pen.encrypt(PROFILE));

      expect([answer.status, answer.body.code]).toEqual([503, 'wechat.unavailable']);
      expect(await keyOf(visitor)).not.toBeNull();
    });

    it('refuses someone without a WeChat account, and an app that is not known', async () => {
      const { body } = await test.client.post<TokensDto>('/api/v1/auth/register', {
        username: 'NoWechat',
        password: 'Blue-Kettle7',
      });
      const visitor = await visit();
      const data = visitor.pen.encrypt(PROFILE);
      const none = await decrypt({ ...visitor, token: body.accessToken }, data);
      const unknown = await decrypt(visitor, { ...data, appId: 'wx00000000000000ff' });

      expect([none.status, none.body.code]).toEqual([409, 'users.wechat_not_bound']);
      expect([unknown.status, unknown.body.code]).toEqual([400, 'wechat.app_unknown']);
    });

    it.each([{}, { encryptedData: 0, iv: 'a' }, { encryptedData: 'a'.repeat(32_769), iv: 'a' }])(
      'answers a body of another shape with 400',
      async (body) => {
        const answer = await decrypt(await visit(), body);
        expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid']);
      },
    );
  });

  describe('POST /api/v1/users/me/wechat/verify', () => {
    const RAW = JSON.stringify(PROFILE);

    it('tells WeChat’s text from any other', async () => {
      const visitor = await visit();
      const signature = visitor.pen.sign(RAW);

      expect((await verify(visitor, { rawData: RAW, signature })).body).toEqual({ valid: true });
      expect((await verify(visitor, { rawData: `${RAW} `, signature })).body).toEqual({ valid: false });
      expect((await verify(await visit(), { rawData: RAW, signature })).body).toEqual({ valid: false });
    });

    it('refuses what is no signature', async () => {
      const answer = await verify(await visit(), { rawData: RAW, signature: 'abc' });
      expect([answer.status, answer.body.code]).toEqual([400, 'wechat.signature_invalid']);
    });

    it('says that the key is stale rather than that the text is false', async () => {
      const visitor = await visit();
      await test.wechat.expireSessionKey(visitor.user);
      const answer = await verify(visitor, { rawData: RAW, signature: OpenDataPen.withAnotherKey(test).sign(RAW) });

      expect([answer.status, answer.body.code]).toEqual([409, 'wechat.session_key_stale']);
    });
  });

  it('keeps both doors shut without an access token', async () => {
    const answers = [await decrypt({ token: '' } as Visitor, {}), await verify({ token: '' } as Visitor, {})];
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  });
});
