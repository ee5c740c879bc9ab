import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { AuditEvent } from '../../src/platform/audit/audit-event.entity.js';
import { SIMULATOR_APP } from '../../src/platform/config/environment.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { WechatConsole } from '../support/wechat-console.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const ENDPOINT = '/wxa/getuserriskrank';

describe('somebody registers where risk ranks are asked for', () => {
  let test: TestApp;
  let wechat: WechatConsole;
  beforeAll(async () => {
    test = await startTestApp({ WECHAT_APPS: JSON.stringify([{ ...SIMULATOR_APP, riskRank: true }]) });
    wechat = new WechatConsole(test);
  });
  afterEach(() => wechat.heal());
  afterAll(() => test?.close());

  const recorded = async (userId: string): Promise<unknown[]> => {
    await test.app.get(AuditLog).flush();
    const events = test.dataSource.getRepository(AuditEvent);
    const found = await events.findBy({ userId, type: 'registration.risk' });
    return found.map(({ detail }) => (detail as { riskRank: unknown }).riskRank);
  };

  it('records what WeChat thinks of somebody new, once', async () => {
    await wechat.setUser('newcomer', { riskRank: 3 });
    const { body } = await loginWithWechat(test, 'newcomer');
    await loginWithWechat(test, 'newcomer');

    expect(body.isNewUser).toBe(true);
    expect(await recorded(body.user.id)).toEqual([3]);
  });

  it.each(['timeout', 'errcode:48001', 'http:502'])('lets them in when WeChat says nothing (%s)', async (fault) => {
    await wechat.fault(ENDPOINT, fault);
    const answer = await loginWithWechat(test, `newcomer-${fault}`);

    expect(answer.status).toBe(200);
    expect(await recorded(answer.body.user.id)).toEqual([null]);
  });
});
