import type { Logger } from 'pino';
import { LOGGER } from '../../src/platform/observability/logger.js';
import { LeakWatch } from '../support/leak-watch.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const REFRESH_TOKEN = 'wxr1_AZjA3lo8e36aUwpLfxwtPgAAAAE';
const SESSION_KEY = 'IT7jqiSiKcaOkZjmU00000==';

describe('LeakWatch', () => {
  const watching = () => {
    const watch = new LeakWatch();
    watch.keepSecret('a password', 'Blue-Kettle7');
    watch.keepSecret('a code', '0712cDoV0cfty22AeloV0daMoV02cDog');
    watch.seeAnswer({ route: 'POST /login', body: JSON.stringify({ accessToken: JWT, refreshToken: REFRESH_TOKEN }) });
    return watch;
  };

  it('is silent when nothing got out', () => {
    const watch = watching();
    watch.lines.push('{"level":30,"route":"/api/v1/auth/login","status":200,"code":"request.invalid"}');
    watch.seeAnswer({ route: 'GET /me', body: '{"id":"1","username":"Alice01"}' });

    expect(watch.leaks()).toEqual([]);
  });

  it.each([
    ['a password', '{"body":{"username":"Alice01","password":"Blue-Kettle7"}}'],
    ['a code', '{"url":"https://api.weixin.qq.com/sns/jscode2session?js_code=0712cDoV0cfty22AeloV0daMoV02cDog"}'],
    ['a token', `{"headers":{"authorization":"Bearer ${JWT}"}}`],
    ['a token', `{"msg":"refresh with ${REFRESH_TOKEN}"}`],
    ['a session_key', `{"reply":"${SESSION_KEY}"}`],
    ['a session_key', '{"SESSION_KEY":"whatever it is"}'],
  ])('catches %s in a log line', (what, line) => {
    const watch = watching();
    watch.lines.push('{"level":30}', line, '{"level":30}');

    expect(watch.leaks()).toEqual([`${what} in the log: ${line}`]);
  });

  it.each([
    ['a password', '{"detail":"Blue-Kettle7 is too weak"}'],
    ['a code', '{"detail":"0712cDoV0cfty22AeloV0daMoV02cDog is not valid"}'],
    ['a session_key', `{"key":"${SESSION_KEY}"}`],
    ['a session_key', '{"session_key":null}'],
  ])('catches %s in an answer', (what, body) => {
    const watch = watching();
    watch.seeAnswer({ route: 'GET /me', body });

    expect(watch.leaks()).toEqual([`${what} in the answer of GET /me`]);
  });

  it('catches a token that was handed out after the line was written', () => {
    const watch = new LeakWatch();
    watch.lines.push(`{"token":"${JWT}"}`);
    watch.seeAnswer({ route: 'POST /login', body: JWT });

    expect(watch.leaks()).toEqual([`a token in the log: {"token":"${JWT}"}`]);
  });

  it('takes no short text for a secret: it would be everywhere', () => {
    const watch = new LeakWatch();
    watch.keepSecret('a code', 'abc');
    watch.keepSecret('a code', undefined);
    watch.lines.push('abc undefined');

    expect(watch.leaks()).toEqual([]);
  });
});

describe('a test file with a server', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await startTestApp();
  });

  const log = (line: object) => test.app.get<Logger>(LOGGER).info(line, 'a line');
  const closing = () =>
    test.close().then(
      () => 'passed',
      (error: Error) => error.message,
    );

  it('passes when its secrets stay where they belong', async () => {
    await loginWithWechat(test, 'alice');
    log({ note: 'nothing to see' });

    expect(await closing()).toBe('passed');
  });

  it('fails when the server logs a password, a code, a token, a secret of its own or a session_key', async () => {
    const code = await test.wechat.code('alice');
    const { body } = await test.client.post<{ accessToken: string }>('/api/v1/auth/wechat', { code });
    await test.client.post('/api/v1/auth/login', { username: 'Alice01', password: 'Blue-Kettle7' });
    const { APP_SECRET, WECHAT_APPS } = test.environment;
    log({ a: 'Blue-Kettle7', b: code, c: body.accessToken, d: APP_SECRET, e: WECHAT_APPS[0]!.secret, f: SESSION_KEY });

    const failure = await closing();

    for (const what of ['password', 'code', 'a token', 'APP_SECRET', 'an AppSecret', 'a session_key'])
      expect(failure).toContain(`${what} in the log`);
  });
});
