import { AccessTokens } from '../../../src/wechat/access-token/access-tokens.js';
import { WechatUsage } from '../../../src/wechat/usage/wechat-usage.js';
import { WechatClient } from '../../../src/wechat/wechat.client.js';
import { WechatConfig } from '../../../src/wechat/wechat.config.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { codeOf, somebody, WechatConsole } from '../../support/wechat-console.js';

const CALLS = 1_000;
const AT_A_TIME = 10;
const TOKEN_REFUSALS = ['40001', '40014', '42001'];

describe('Two server processes on one database', () => {
  let servers: [TestApp, TestApp];
  let console: WechatConsole;
  beforeAll(async () => {
    const test = await startTestApp();
    servers = [test, await test.sibling()];
    console = new WechatConsole(test);
  });
  afterAll(async () => {
    await servers?.[1].close();
    await servers?.[0].close();
  });

  it(`never end each other’s access_token in ${CALLS} mixed calls over eight hours`, async () => {
    const identity = await somebody(servers[0], 'alice');
    const { appId, openid } = identity;
    const work = async (i: number): Promise<void> => {
      const wechat = servers[i % 2]!.app.get(WechatClient);
      if (i % 3 === 0) await wechat.isSessionKeyValid(identity);
      else if (i % 3 === 1) await wechat.getRiskRank({ appId, openid, clientIp: '203.0.113.9' });
      else await wechat.getPhoneNumber({ appId, openid, code: await console.phoneCode('alice') });
    };

    for (let i = 0; i < CALLS; i += AT_A_TIME) {
      await Promise.all(Array.from({ length: AT_A_TIME }, (_, j) => codeOf(work(i + j))));
      servers[0].clock.advance({ seconds: (8 * 3600) / (CALLS / AT_A_TIME) });
      await oldFashionedServer(i);
    }

    const outcomes = await metered();
    expect(TOKEN_REFUSALS.filter((errcode) => outcomes.has(errcode))).toEqual([]); // nor one that was put right
    expect(outcomes.get('ok')).toBeGreaterThan(0.9 * CALLS); // on a busy machine some calls come too late
    expect((await console.calls('/cgi-bin/stable_token')).length).toBeLessThanOrEqual(2 * 5);
  }, 120_000);

  async function metered(): Promise<Map<string, number>> {
    for (const { app } of servers) await app.get(WechatUsage).flush();
    const rows = await servers[0].dataSource.query<{ outcome: string; calls: string }[]>(
      'SELECT outcome, SUM(calls) AS calls FROM wechat_usage GROUP BY outcome',
    );
    return new Map(rows.map(({ outcome, calls }) => [outcome, Number(calls)]));
  }

  // A neighbour that still uses GET /cgi-bin/token: each of its tokens ends the one before, but none of ours.
  async function oldFashionedServer(round: number): Promise<void> {
    if (round % 100 !== 0) return;
    const { id, secret } = servers[0].app.get(WechatConfig).getApp();
    const query = new URLSearchParams({ grant_type: 'client_credential', appid: id, secret });
    await fetch(`${servers[0].environment.WECHAT_API_BASE_URL}/cgi-bin/token?${query.toString()}`);
  }

  it('have one and the same afterwards', async () => {
    const tokens = servers.map(({ app }) => app.get(AccessTokens).get(app.get(WechatConfig).getApp()));

    expect(new Set(await Promise.all(tokens)).size).toBe(1);
  });
});
