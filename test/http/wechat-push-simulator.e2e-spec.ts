import { SIMULATOR_APP } from '../../src/platform/config/environment.js';
import { eventuallyFound } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const APP_ID = SIMULATOR_APP.id;
const token = 'PushToken01';
const encodingAesKey = 'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c';

interface Delivery {
  delivered: boolean;
  attempts: unknown[];
}

describe.each([
  { mode: 'plain', sends: 'plain', format: 'json' },
  { mode: 'plain', sends: 'plain', format: 'xml' },
  { mode: 'plain', sends: 'compatible', format: 'json' },
  { mode: 'encrypted', sends: 'compatible', format: 'xml' },
  { mode: 'encrypted', sends: 'encrypted', format: 'json' },
  { mode: 'encrypted', sends: 'encrypted', format: 'xml' },
])('message push from the simulator, $sends $format, to a server that expects it $mode', ({ mode, sends, format }) => {
  let test: TestApp;
  beforeAll(async () => {
    const push = { token, encodingAesKey, mode, format };
    test = await startTestApp({ WECHAT_APPS: JSON.stringify([{ ...SIMULATOR_APP, push }]) });
    const url = `${test.client.url}/api/v1/wechat/events/${APP_ID}`;
    await control('PUT', '/apps', { push: { url, token, encodingAesKey, mode: sends, format } });
  });
  afterAll(() => test?.close());

  const control = async <Answer>(method: string, path: string, body: object): Promise<Answer> => {
    const url = `${test.environment.WECHAT_API_BASE_URL}/__sim${path}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
    return response.json() as Promise<Answer>;
  };

  it('passes the check of its address', async () => {
    expect(await control('POST', '/push/verify', { appId: APP_ID })).toMatchObject({ verified: true });
  });

  it('ends the sessions of someone who has closed their relation to the mini-program', async () => {
    const { body } = await loginWithWechat(test, 'leaving');

    const event = { appId: APP_ID, user: 'leaving', event: 'user_authorization_cancellation' };
    const { delivered, attempts } = await control<Delivery>('POST', '/push', event);

    expect({ delivered, attempts: attempts.length }).toEqual({ delivered: true, attempts: 1 });
    await eventuallyFound('the session is over', async () => {
      const { status } = await test.client.get('/api/v1/users/me', { token: body.accessToken });
      return status === 401;
    });
  });

  it('refuses what is signed with another token, as often as WeChat tries', async () => {
    const url = `${test.client.url}/api/v1/wechat/events/${APP_ID}`;
    const push = { url, token: 'AnotherToken', encodingAesKey, mode: sends, format };
    await control('PUT', '/apps', { push });
    await loginWithWechat(test, 'staying');

    const event = { appId: APP_ID, user: 'staying', event: 'user_info_modified' };
    expect(await control<Delivery>('POST', '/push', event)).toMatchObject({ delivered: false });
    expect(await control('POST', '/push/verify', { appId: APP_ID })).toMatchObject({ verified: false });
  });
});
