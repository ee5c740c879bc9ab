import { gzipSync } from 'node:zlib';
import { expectLoginRefused } from '../support/failing-login.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { reply, startWechatStandIn, type WechatStandIn } from '../support/wechat-stand-in.js';

const OPENID = 'o52fN4vsICxqiZTdOzhd6Vol0000';
const SESSION_KEY = 'IT7jqiSiKcaOkZjmU00000==';
const GOOD = { session_key: SESSION_KEY, openid: OPENID };
const UNAVAILABLE = { status: 503, code: 'wechat.unavailable', retryAfter: 5 };

let codes = 0;
const newCode = (): string => `a-code-that-is-good-${++codes}`;

describe('POST /api/v1/auth/wechat, with answers that WeChat should not give', () => {
  let wechat: WechatStandIn;
  let test: TestApp;
  beforeAll(async () => {
    wechat = await startWechatStandIn();
    test = await startTestApp({ WECHAT_API_BASE_URL: wechat.url });
  });
  beforeEach(() => void wechat.requests.splice(0));
  afterAll(async () => {
    await test?.close();
    await wechat?.close();
  });

  const login = () => test.client.post('/api/v1/auth/wechat', { code: newCode() });
  const expectWorks = async () => {
    wechat.answer = reply(GOOD);
    expect((await login()).status).toBe(200);
  };

  it.each([
    ['no openid', { session_key: SESSION_KEY }],
    ['an empty openid', { ...GOOD, openid: '' }],
    ['an openid of null', { ...GOOD, openid: null }],
    ['an openid that is a number', { ...GOOD, openid: 5 }],
    ['an openid that is an array', { ...GOOD, openid: [OPENID] }],
    ['an openid with a quote', { ...GOOD, openid: "o'; DROP TABLE users" }],
    ['an openid longer than the column', { ...GOOD, openid: 'o'.repeat(65) }],
    ['no session key', { openid: OPENID }],
    ['an empty session_key', { ...GOOD, session_key: '' }],
    ['a session_key of the wrong length', { ...GOOD, session_key: 'c2hvcnQ=' }],
    ['a session_key that is a number', { ...GOOD, session_key: 1 }],
    ['nothing in an object', {}],
    ['an array', [GOOD]],
    ['a text', '"ok"'],
    ['null', 'null'],
    ['a number', '42'],
    ['two objects', `${JSON.stringify(GOOD)}${JSON.stringify(GOOD)}`],
    ['XML', '<xml><openid>o</openid></xml>'],
    ['blanks', ' \n '],
    ['a callback', `callback(${JSON.stringify(GOOD)})`],
    ['an errcode that is no number', { errcode: 'many', errmsg: 'x' }],
    ['an errcode that is an object', { errcode: {}, errmsg: 'x' }],
    ['an errcode beside a good answer', { ...GOOD, errcode: -1 }],
  ])('answers wechat.unavailable to %s, and works again after it', async (_, body) => {
    wechat.answer = reply(body);

    await expectLoginRefused(test, newCode(), UNAVAILABLE);

    expect(wechat.requests).toHaveLength(1);
    await expectWorks();
  });

  it.each([
    ['keys nobody documented', { ...GOOD, expires_in: 7200, role: 'admin', user: { id: '1' } }],
    ['an errcode of 0', { ...GOOD, errcode: 0, errmsg: 'ok' }],
    ['an errcode of "0"', { ...GOOD, errcode: '0' }],
    ['a unionid', { ...GOOD, unionid: 'oqDIW5sx4oTQIBpeUJXcojuR0000' }],
    ['a unionid that cannot be one', { ...GOOD, unionid: 7 }],
  ])('takes a good answer with %s', async (_, body) => {
    wechat.answer = reply(body);

    expect(await login()).toMatchObject({ status: 200, body: { user: { role: 'user' } } });
  });

  it.each([['application/json; encoding=utf-8'], ['text/html'], ['image/png'], ['']])(
    'does not care that a good answer calls itself %j',
    async (type) => {
      wechat.answer = reply(GOOD, 200, { 'content-type': type });

      expect((await login()).status).toBe(200);
    },
  );

  it('reads an errcode that is a text', async () => {
    wechat.answer = reply({ errcode: '40029', errmsg: 'invalid code, hints: [ req_id: N37KMa0605th21 ]' });

    await expectLoginRefused(test, newCode(), { status: 401, code: 'wechat.login_code_invalid' });
  });

  it('gives up on an answer that starts and never ends', async () => {
    wechat.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('{"session_key":"');
    };

    await expectLoginRefused(test, newCode(), UNAVAILABLE);
    await expectWorks();
  });

  it('gives up on an answer without end, and on one that is unpacked into one', async () => {
    const endless = JSON.stringify(GOOD) + ' '.repeat(5 * 1024 * 1024); // good, if anyone read so far

    wechat.answer = reply(endless);
    await expectLoginRefused(test, newCode(), UNAVAILABLE);
    wechat.answer = reply(gzipSync(endless), 200, { 'content-encoding': 'gzip' });
    await expectLoginRefused(test, newCode(), UNAVAILABLE);
    await expectWorks();
  });

  it('follows no redirect, which would carry the AppSecret away', async () => {
    const elsewhere = await startWechatStandIn();
    elsewhere.answer = reply(GOOD);
    wechat.answer = (response, request) =>
      void response.writeHead(302, { location: `${elsewhere.url}${request.url}` }).end();

    await expectLoginRefused(test, newCode(), UNAVAILABLE);

    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('believes no openid that WeChat hid in an error', async () => {
    wechat.answer = reply({ ...GOOD, errcode: 40163, errmsg: 'code been used' });

    await expectLoginRefused(test, newCode(), { status: 401, code: 'wechat.login_code_used' });
  });
});
