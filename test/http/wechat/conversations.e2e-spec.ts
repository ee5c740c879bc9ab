import { AccessTokens } from '../../../src/wechat/access-token/access-tokens.js';
import { WechatClient } from '../../../src/wechat/wechat.client.js';
import { WechatConfig } from '../../../src/wechat/wechat.config.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { APP_ID, codeOf, somebody, WechatConsole } from '../../support/wechat-console.js';

describe('WechatClient', () => {
  let test: TestApp;
  let wechat: WechatClient;
  let console: WechatConsole;
  beforeAll(async () => {
    test = await startTestApp();
    wechat = test.app.get(WechatClient);
    console = new WechatConsole(test);
  });
  afterEach(() => console.heal());
  afterAll(async () => {
    test?.watch.keepSecret(
      'an access_token',
      await test.app.get(AccessTokens).get(test.app.get(WechatConfig).getApp()),
    );
    for (const number of ['13800138000', '2025550123']) test?.watch.keepSecret('a phone number', number);
    await test?.close();
  });

  describe('getPhoneNumber', () => {
    it.each([
      ['+8613800138000', { phoneNumber: '+8613800138000', countryCode: '86', purePhoneNumber: '13800138000' }],
      ['+12025550123', { phoneNumber: '+12025550123', countryCode: '1', purePhoneNumber: '2025550123' }],
    ])('gives %s in E.164 and in its parts', async (phone, expected) => {
      const { openid } = await somebody(test, 'anna');
      const code = await console.phoneCode('anna', phone);

      expect(await wechat.getPhoneNumber({ appId: APP_ID, code, openid })).toEqual(expected);
    });

    it('always tells WeChat whose code it should be', async () => {
      const { openid } = await somebody(test, 'anna');
      await wechat.getPhoneNumber({ appId: APP_ID, code: await console.phoneCode('anna'), openid });

      expect((await console.calls('/wxa/business/getuserphonenumber')).at(-1)!.body).toMatchObject({ openid });
    });

    it('refuses a code that somebody else tapped, was used, is made up, or is a login code', async () => {
      const { openid } = await somebody(test, 'anna');
      const used = await console.phoneCode('anna');
      await wechat.getPhoneNumber({ appId: APP_ID, code: used, openid });
      const codes = [await console.phoneCode('bob'), used, 'made-up', 'x&appid=1', await test.wechat.code('anna')];

      const outcomes = await Promise.all(
        codes.map((code) => codeOf(wechat.getPhoneNumber({ appId: APP_ID, code, openid }))),
      );

      expect(outcomes).toEqual(Array(5).fill('wechat.phone_code_invalid'));
    });

    it('refuses an app that is not configured', async () => {
      const call = wechat.getPhoneNumber({ appId: 'wxffffffffffffffff', code: 'abc', openid: 'o' });

      expect(await codeOf(call)).toBe('wechat.app_unknown');
    });

    it('does not send a code again after it may have arrived', async () => {
      const { openid } = await somebody(test, 'anna');
      const code = await console.phoneCode('anna');
      await console.fault('/wxa/business/getuserphonenumber', 'drop-reply', 1);
      const before = (await console.calls('/wxa/business/getuserphonenumber')).length;

      expect(await codeOf(wechat.getPhoneNumber({ appId: APP_ID, code, openid }))).toBe('wechat.unavailable');
      expect(await console.calls('/wxa/business/getuserphonenumber')).toHaveLength(before + 1);
    });
  });

  describe('isSessionKeyValid', () => {
    it('says so of the newest key, and not of the one before', async () => {
      const older = await somebody(test, 'carl');
      const newer = await somebody(test, 'carl');

      expect(await wechat.isSessionKeyValid(newer)).toBe(true);
      expect(await wechat.isSessionKeyValid(older)).toBe(false);
    });

    it('says no when WeChat has no key any more', async () => {
      const identity = await somebody(test, 'carl');
      await console.setUser('carl', { expireSessionKey: true });

      expect(await wechat.isSessionKeyValid(identity)).toBe(false);
    });

    it('asks again when WeChat is busy, and does not take that for a no', async () => {
      const identity = await somebody(test, 'carl');
      await console.fault('/wxa/checksession', 'errcode:-1', 1);
      expect(await wechat.isSessionKeyValid(identity)).toBe(true);

      await console.fault('/wxa/checksession', 'http:502');
      expect(await codeOf(wechat.isSessionKeyValid(identity))).toBe('wechat.unavailable');
    });
  });

  describe('resetSessionKey', () => {
    it('gives the new key, and ends the old one', async () => {
      const identity = await somebody(test, 'dora');

      const sessionKey = await wechat.resetSessionKey(identity);
      test.watch.keepSecret('a session_key', sessionKey);

      expect(sessionKey).not.toBe(identity.sessionKey);
      expect(await wechat.isSessionKeyValid({ ...identity, sessionKey: sessionKey! })).toBe(true);
      expect(await wechat.resetSessionKey(identity)).toBeNull();
    });

    it('is sent once, since a lost reply loses the new key', async () => {
      const identity = await somebody(test, 'dora');
      const before = (await console.calls('/wxa/resetusersessionkey')).length;
      await console.fault('/wxa/resetusersessionkey', 'http:502');

      expect(await codeOf(wechat.resetSessionKey(identity))).toBe('wechat.unavailable');
      expect(await console.calls('/wxa/resetusersessionkey')).toHaveLength(before + 1);
    });
  });

  describe('getRiskRank', () => {
    const registrant = { appId: APP_ID, clientIp: '203.0.113.9', phoneNumber: '+8613800138000' };

    it('gives WeChat’s rank and writes it to the log', async () => {
      const { openid } = await somebody(test, 'eve');
      await console.setUser('eve', { riskRank: 3 });

      expect(await wechat.getRiskRank({ ...registrant, openid })).toBe(3);
      expect(test.watch.lines.at(-1)).toContain('"riskRank":3');
      expect((await console.calls('/wxa/getuserriskrank')).at(-1)!.body).toMatchObject({
        ...{ appid: APP_ID, openid, scene: 0, client_ip: '203.0.113.9', mobile_no: '13800138000' },
      });
    });

    it.each(['errcode:-1', 'errcode:61010', 'errcode:48001', 'http:502', 'html', 'empty', 'truncated', 'reset'])(
      'lets the user in when WeChat answers with %s',
      async (fault) => {
        const { openid } = await somebody(test, 'eve');
        await console.fault('/wxa/getuserriskrank', fault);

        expect(await wechat.getRiskRank({ ...registrant, openid })).toBeNull();
        test.clock.advance({ minutes: 1 });
      },
    );

    it('waits no longer than 300 ms', async () => {
      const { openid } = await somebody(test, 'eve');
      await wechat.getRiskRank({ ...registrant, openid });
      await console.fault('/wxa/getuserriskrank', 'timeout');

      const began = performance.now();
      expect(await wechat.getRiskRank({ ...registrant, openid })).toBeNull();
      expect(performance.now() - began).toBeLessThan(450); // the timer, and what a busy machine adds
    });
  });
});
