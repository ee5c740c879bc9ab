import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { WechatConsole } from '../support/wechat-console.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const LOGINS_A_SECOND = 50;
const OUTAGE_SECONDS = Number(process.env.OUTAGE_SECONDS ?? 6);
const ANSWERED_WITHIN_MS = 3_000;
const RECOVERED_WITHIN_MS = 5_000;
const TICK_MS = 1_000 / LOGINS_A_SECOND;

interface Outcome {
  status: number;
  milliseconds: number;
}

describe.each(['timeout', 'errcode:-1', 'http:502', 'reset'])('While WeChat is out of order (%s)', (fault) => {
  let test: TestApp;
  let console: WechatConsole;
  beforeAll(async () => {
    test = await startTestApp();
    console = new WechatConsole(test);
  });
  afterAll(() => test?.close());

  async function login(code: string): Promise<Outcome> {
    const began = performance.now();
    const { status } = await test.client.post('/api/v1/auth/wechat', { code });
    return { status, milliseconds: performance.now() - began };
  }

  it(
    `every one of ${LOGINS_A_SECOND} logins a second is answered in time, refreshing goes on, and WeChat’s return is felt`,
    async () => {
      let tokens = (await loginWithWechat(test, 'before')).body;
      await console.fault('/sns/jscode2session', fault);
      const logins: Promise<Outcome>[] = [];
      const refreshes: Outcome[] = [];
      const began = performance.now();
      const lag = monitorEventLoopDelay({ resolution: 10 });
      lag.enable();

      for (let tick = 1; tick <= OUTAGE_SECONDS * LOGINS_A_SECOND; tick++) {
        logins.push(login(`code-of-the-outage-${tick}`));
        if (tick % LOGINS_A_SECOND === 0) tokens = await refresh(tokens, refreshes);
        await delay(Math.max(0, began + tick * TICK_MS - performance.now())); // a pace, not a wait for something
      }
      const outcomes = await Promise.all(logins);
      await console.heal();
      const stalledMs = 2 * (lag.max / 1e6); // what a busy machine adds, on the way there and back

      expect(Math.max(...outcomes.map(({ milliseconds }) => milliseconds))).toBeLessThan(
        ANSWERED_WITHIN_MS + stalledMs,
      );
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([503]));
      expect(new Set(refreshes.map(({ status }) => status))).toEqual(new Set([200]));
      expect(Math.max(...refreshes.map(({ milliseconds }) => milliseconds))).toBeLessThan(1_000 + stalledMs);
      const loginWorks = async () => (await loginWithWechat(test, 'after')).status === 200;
      await eventually(loginWorks, RECOVERED_WITHIN_MS + stalledMs);
      lag.disable();
    },
    (3 * OUTAGE_SECONDS + 20) * 1_000,
  );

  async function refresh({ refreshToken }: TokensDto, outcomes: Outcome[]): Promise<TokensDto> {
    const began = performance.now();
    const { status, body } = await test.client.refresh(refreshToken);
    outcomes.push({ status, milliseconds: performance.now() - began });
    return body;
  }
});

describe('While WeChat refuses the codes it is sent', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  it('good codes still work: bad ones are no outage', async () => {
    for (let i = 0; i < 30; i++) await test.client.post('/api/v1/auth/wechat', { code: `made-up-${i}` });

    expect((await loginWithWechat(test, 'honest')).status).toBe(200);
  });
});
