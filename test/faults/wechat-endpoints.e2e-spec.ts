import { WechatClient } from '../../src/wechat/wechat.client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { APP_ID, codeOf, somebody, WechatConsole } from '../support/wechat-console.js';

const FAULTS = ['errcode:-1', 'http:502', 'html', 'empty', 'truncated', 'reset', 'drop-reply', 'timeout'];
const DEADLINE_MS = 2_500;

interface Endpoint {
  path: string;
  isIdempotent: boolean;
  call: (wechat: WechatClient, console: WechatConsole, test: TestApp) => Promise<() => Promise<unknown>>;
}

const holder = (test: TestApp) => somebody(test, 'alice');

const ENDPOINTS: Endpoint[] = [
  {
    path: '/sns/jscode2session',
    isIdempotent: false,
    call: async (wechat, _console, test) => {
      const code = await test.wechat.code('alice');
      return () => wechat.exchangeLoginCode(code);
    },
  },
  {
    path: '/wxa/business/getuserphonenumber',
    isIdempotent: false,
    call: async (wechat, console, test) => {
      const { openid } = await holder(test);
      const code = await console.phoneCode('alice');
      return () => wechat.getPhoneNumber({ appId: APP_ID, code, openid });
    },
  },
  {
    path: '/wxa/checksession',
    isIdempotent: true,
    call: async (wechat, _console, test) => {
      const identity = await holder(test);
      return () => wechat.isSessionKeyValid(identity);
    },
  },
  {
    path: '/wxa/resetusersessionkey',
    isIdempotent: false,
    call: async (wechat, _console, test) => {
      const identity = await holder(test);
      return () => wechat.resetSessionKey(identity);
    },
  },
  {
    path: '/cgi-bin/stable_token',
    isIdempotent: true,
    call: async (wechat, _console, test) => {
      const identity = await holder(test);
      return () => wechat.isSessionKeyValid(identity);
    },
  },
];

// A fresh server each: the faults of one must not have opened the circuit of the next.
describe.each(ENDPOINTS)('When $path fails', ({ path, isIdempotent, call }) => {
  let test: TestApp;
  let console: WechatConsole;
  beforeEach(async () => {
    test = await startTestApp();
    console = new WechatConsole(test);
  });
  afterEach(() => test?.close());

  it.each(FAULTS)('with %s, the caller hears in time that WeChat is not available', async (fault) => {
    const ask = await call(test.app.get(WechatClient), console, test);
    const before = (await console.calls(path)).length;
    await console.fault(path, fault);

    const began = performance.now();
    expect(await codeOf(ask())).toBe('wechat.unavailable');

    expect(performance.now() - began).toBeLessThan(DEADLINE_MS + 300);
    const tries = (await console.calls(path)).length - before;
    const isRetried = isIdempotent && ['errcode:-1', 'http:502', 'reset', 'drop-reply'].includes(fault);
    expect(tries).toBe(isRetried ? 3 : 1);
  });

  it('with a configuration error, the caller hears nothing of the cause', async () => {
    const ask = await call(test.app.get(WechatClient), console, test);
    await console.fault(path, 'errcode:40164');

    expect(await codeOf(ask())).toBe('wechat.misconfigured');
  });

  it('for the day’s quota, the caller hears that WeChat is not available, and the log says why', async () => {
    const ask = await call(test.app.get(WechatClient), console, test);
    await console.setQuota(path, 0);

    expect(await codeOf(ask())).toBe('wechat.unavailable');
    expect(test.watch.lines.filter((line) => line.includes('quota'))).toHaveLength(1);
  });
});

describe.each(ENDPOINTS.filter(({ isIdempotent }) => isIdempotent))('When $path fails once', ({ path, call }) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  it.each(['errcode:-1', 'http:502', 'reset', 'drop-reply'])('with %s, the caller does not notice', async (fault) => {
    const console = new WechatConsole(test);
    const ask = await call(test.app.get(WechatClient), console, test);
    test.clock.advance({ hours: 2 });
    await console.fault(path, fault, 1);

    expect(await codeOf(ask())).toBe('none');
  });
});
