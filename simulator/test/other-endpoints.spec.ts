import { createHmac } from 'node:crypto';
import { DEFAULT_APP } from '../src/simulator.js';
import { CINEMA, get, post, SHOP, tokenOf } from './apps.js';
import { codeFor, control, session, start, stop } from './simulated.js';

let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  await start({ apps: [SHOP, CINEMA, DEFAULT_APP], now: () => now });
});
afterEach(stop);

const login = async (user: string, app: { id: string; secret: string } = SHOP) =>
  (await session(await codeFor(user, { appId: app.id }), { appid: app.id, secret: app.secret })) as {
    openid: string;
    session_key: string;
    unionid?: string;
  };

describe('POST /wxa/business/getuserencryptkey', () => {
  const PATH = '/wxa/business/getuserencryptkey';

  const signed = async () => {
    const { openid, session_key } = await login('alice');
    const signature = createHmac('sha256', session_key).update('').digest('hex');
    return { access_token: await tokenOf(SHOP), openid, signature, sig_method: 'hmac_sha256' };
  };

  it('gives a key of 16 bytes and an iv of 16 characters for an hour', async () => {
    expect(await post(PATH, await signed())).toEqual({
      errcode: 0,
      errmsg: 'ok',
      key_info_list: [
        {
          encrypt_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
          version: 1,
          expire_in: 3600,
          iv: expect.stringMatching(/^[0-9a-f]{16}$/),
          create_time: now / 1000,
        },
      ],
    });
  });

  it('makes another after an hour and remembers the last three', async () => {
    const versions = async () => {
      const { key_info_list } = await post<{ key_info_list: { version: number; expire_in: number }[] }>(
        PATH,
        await signed(),
      );
      return key_info_list.map(({ version, expire_in }) => [version, expire_in]);
    };
    expect(await versions()).toEqual([[1, 3600]]);
    now += 3_599_000;
    expect(await versions()).toEqual([[1, 1]]);
    for (let hour = 0; hour < 3; hour++) {
      now += 3_600_000;
      await versions();
    }
    expect(await versions()).toEqual([
      [4, 3600],
      [3, 0],
      [2, 0],
    ]);
  });

  it('answers 87009 to any body, and 40003 when the parameters are in it', async () => {
    const { access_token, ...parameters } = await signed();
    expect(await post(PATH, { access_token, ...parameters }, {})).toMatchObject({ errcode: 87009 });
    expect(await post(PATH, { access_token }, parameters)).toMatchObject({ errcode: 40003 });
  });
});

describe('GET /wxa/getpaidunionid', () => {
  const PATH = '/wxa/getpaidunionid';
  const pay = (more = {}) =>
    control<Record<string, string>>('POST', '/__sim/payments', { user: 'alice', appId: SHOP.id, ...more });

  it('gives the unionid of who paid, by either number, for five minutes', async () => {
    const { openid, unionid } = await login('alice');
    const access_token = await tokenOf(SHOP);
    const { transactionId = '', mchId = '', outTradeNo = '' } = await pay();
    now += 5 * 60_000 - 1;
    const asked = { access_token, openid };
    const success = { errcode: 0, errmsg: 'ok', unionid };
    expect(await get(PATH, { ...asked, transaction_id: transactionId })).toEqual(success);
    expect(await get(PATH, { ...asked, mch_id: mchId, out_trade_no: outTradeNo })).toEqual(success);
    now += 1;
    expect(await get(PATH, { ...asked, transaction_id: transactionId })).toMatchObject({ errcode: 89300 });
  });

  it('answers 89300 for the order of someone else and 40003 for an unknown openid', async () => {
    const access_token = await tokenOf(SHOP);
    const { transactionId: transaction_id = '' } = await pay({ user: 'bob' });
    const { openid } = await login('alice');
    expect(await get(PATH, { access_token, openid, transaction_id })).toMatchObject({ errcode: 89300 });
    expect(await get(PATH, { access_token, openid: 'nobody', transaction_id })).toMatchObject({ errcode: 40003 });
  });

  it('answers 89002 when the app is bound to no Open Platform account', async () => {
    const { openid } = await login('alice', DEFAULT_APP);
    const access_token = await tokenOf(DEFAULT_APP);
    const { transactionId: transaction_id = '' } = await pay({ appId: DEFAULT_APP.id });
    expect(await get(PATH, { access_token, openid, transaction_id })).toMatchObject({ errcode: 89002 });
  });
});

describe('POST /wxa/getpluginopenpid', () => {
  const make = (more = {}) =>
    control<{ code: string; openpid: string }>('POST', '/__sim/plugin-codes', { user: 'alice', ...more });
  const ask = async (code: string, app = SHOP) =>
    post('/wxa/getpluginopenpid', { access_token: await tokenOf(app) }, { code });

  it('gives an openpid, once for each code, the same for one user in one host', async () => {
    const { code, openpid } = await make();
    expect(await ask(code)).toEqual({ errcode: 0, errmsg: 'ok', openpid });
    expect(await ask(code)).toMatchObject({ errcode: 1007 });
    expect((await make()).openpid).toBe(openpid);
    expect((await make({ hostAppId: 'wxother' })).openpid).not.toBe(openpid);
  });

  it('answers 1007 to a login code and 1005 to another plugin, leaving the code usable', async () => {
    expect(await ask(await codeFor('alice'))).toMatchObject({ errcode: 1007 });
    const { code } = await make();
    expect(await ask(code, CINEMA)).toMatchObject({ errcode: 1005 });
    expect(await ask(code)).toMatchObject({ errcode: 0 });
  });
});

describe('POST /wxa/msg_sec_check', () => {
  const ask = async (more: Record<string, unknown>) => {
    const { openid } = await login('alice');
    const body = { content: '小明', version: 2, scene: 1, openid, ...more };
    return post('/wxa/msg_sec_check', { access_token: await tokenOf(SHOP) }, body);
  };

  it.each([
    ['小明', { suggest: 'pass', label: 100 }],
    ['这是风险内容', { suggest: 'risky', label: 21000 }],
    ['please review', { suggest: 'review', label: 21000 }],
  ])('judges "%s"', async (content, result) => {
    expect(await ask({ content })).toMatchObject({
      errcode: 0,
      result,
      detail: [result],
      trace_id: expect.any(String),
    });
  });

  it.each([
    ['40097 for the first version', { version: 1 }, 40097],
    ['40097 for 2,501 characters', { content: 'x'.repeat(2501) }, 40097],
    ['40129 for an unknown scene', { scene: 5 }, 40129],
    ['40003 for an unknown openid', { openid: 'nobody' }, 40003],
  ])('answers %s', async (_promise, more, errcode) => {
    expect(await ask(more)).toMatchObject({ errcode });
  });
});

describe('POST /cgi-bin/openapi/quota/get', () => {
  const ask = async (cgi_path: string) =>
    post('/cgi-bin/openapi/quota/get', { access_token: await tokenOf(SHOP) }, { cgi_path });

  it('tells how much of a day quota is left', async () => {
    await control('PUT', '/__sim/quotas', { appId: SHOP.id, endpoint: '/sns/jscode2session', dailyLimit: 3 });
    await login('alice');
    expect(await ask('/sns/jscode2session')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      quota: { daily_limit: 3, used: 1, remain: 2 },
    });
  });

  it('answers 76021 for a path that WeChat does not have', async () => {
    expect(await ask('/wxa/nothing')).toMatchObject({ errcode: 76021 });
  });
});
