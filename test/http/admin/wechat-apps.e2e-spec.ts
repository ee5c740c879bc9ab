import type { EndpointQuotaDto, WechatAppDto } from '../../../src/auth/admin/dto/wechat-app.dto.js';
import { Admin } from '../../support/admins.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const APP_ID = 'wx0000000000000001';
const CODE_TO_SESSION = '/sns/jscode2session';
const PHONE = '/wxa/business/getuserphonenumber';

describe('the mini-programs, for admins', () => {
  let test: TestApp;
  let admin: Admin;
  beforeEach(async () => {
    test = await startTestApp();
    admin = await Admin.start(test);
  });
  afterEach(() => test?.close());

  const apps = async () => (await admin.ask<WechatAppDto[]>('GET', '/wechat/apps')).body;
  const askQuota = (body: object) => admin.ask<EndpointQuotaDto[]>('POST', `/wechat/apps/${APP_ID}/quota`, body);

  it('show the calls of today with those that failed, and when the access token ends', async () => {
    expect(await apps()).toEqual([
      { appId: APP_ID, name: 'WeChat simulator', circuit: 'closed', accessToken: null, today: [] },
    ]);
    await loginWithWechat(test, 'alice');
    await test.client.post('/api/v1/auth/wechat', { code: 'made-up-code' });
    await askQuota({ endpoint: PHONE });

    const [app] = await apps();

    expect(app?.today).toEqual(
      expect.arrayContaining([{ endpoint: CODE_TO_SESSION, calls: 2, errors: 1, quota: null }]),
    );
    expect(new Date(app!.accessToken!.expiresAt).getTime()).toBeGreaterThan(test.clock.now().getTime());
    expect(Object.keys(app!.accessToken!)).toEqual(['expiresAt']);
  });

  it('show an open circuit while WeChat is away', async () => {
    await test.wechat.fault('http:502', { times: 50 });
    for (let i = 0; i < 12; i++) await loginWithWechat(test, `away-${i}`);

    expect((await apps())[0]?.circuit).toBe('open');
  });

  it('have their quota asked of WeChat, and shown for the rest of the day', async () => {
    await loginWithWechat(test, 'bob');

    const { status, body } = await askQuota({ endpoint: CODE_TO_SESSION });

    expect(status).toBe(200);
    const quota = { dailyLimit: expect.any(Number), used: 1, askedAt: test.clock.now().toJSON() };
    expect(body).toEqual([{ endpoint: CODE_TO_SESSION, quota: expect.objectContaining(quota) }]);
    expect(body[0]!.quota!.remaining).toBe(body[0]!.quota!.dailyLimit - 1);
    expect((await apps())[0]?.today.find(({ endpoint }) => endpoint === CODE_TO_SESSION)?.quota).toMatchObject(quota);
  });

  it('have all their quotas asked at once, when no endpoint is named', async () => {
    const { body } = await askQuota({});

    expect(body.length).toBeGreaterThan(5);
    expect(body.every(({ quota }) => quota !== null && quota.dailyLimit > 0)).toBe(true);
  });

  it('are refused by an unknown id, an unknown endpoint, and while WeChat is away', async () => {
    expectProblem(await admin.ask('POST', '/wechat/apps/wxffffffffffffffff/quota', {}), 400, 'wechat.app_unknown');
    expectProblem(await askQuota({ endpoint: '/cgi-bin/clear_quota' }), 400, 'request.invalid');
    await test.wechat.fault('http:502', { endpoint: '/cgi-bin/openapi/quota/get', times: 50 });
    expectProblem(await askQuota({ endpoint: PHONE }), 503, 'wechat.unavailable');
  });
});
