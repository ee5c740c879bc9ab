import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';

const LOGIN = 'POST /api/v1/auth/wechat';
const REFRESH = 'POST /api/v1/auth/refresh';

describe('the demo mini-program', () => {
  let app: PreviewedApp;

  beforeAll(async () => {
    app = await startPreviewedApp();
  });

  afterAll(() => app.close());

  it('logs in silently at launch: one code, one login, and the profile is there', async () => {
    const phone = await app.phone({ user: 'silent' });
    await phone.see('用户编号');
    expect(phone.requests.map(({ request, status }) => `${request} ${status}`)).toEqual([
      'POST /wechat/login 201',
      'POST /api/v1/auth/wechat 200',
      'GET /api/v1/users/me 200',
    ]);
    expect(phone.errors).toEqual([]);
  });

  it('takes its login up again after a restart, without asking WeChat', async () => {
    const before = await app.phone({ user: 'restarts' });
    await before.see('用户编号');
    const after = await app.phone({ user: 'restarts', kept: before.kept });
    await after.see('用户编号');
    expect(after.requests.map(({ request }) => request)).toEqual(['GET /api/v1/users/me']);
  });

  it('renews a token that has really expired, repeats the request once, and shows nothing of it', async () => {
    const phone = await app.phone({ user: 'expires' });
    await phone.see('用户编号');
    app.test.clock.advance({ minutes: 16 });
    phone.requests.length = 0;
    phone.leaveAndReturn();
    await phone.until(() => phone.requests.at(-1)?.status === 200 && phone.sent(REFRESH) === 1, 'the renewal');
    expect(phone.requests.map(({ request, status }) => `${request} ${status}`)).toEqual([
      'GET /api/v1/users/me 401',
      'POST /api/v1/auth/refresh 200',
      'GET /api/v1/users/me 200',
    ]);
    expect(phone.text).not.toContain('登录已过期');
  });

  it('stays logged in while there is no network, and says what is wrong', async () => {
    const phone = await app.phone({ user: 'offline' });
    await phone.see('用户编号');
    phone.controls.setOffline(true);
    phone.leaveAndReturn();
    await phone.see('网络不可用');
    expect(phone.text).toContain('用户编号');
    phone.controls.setOffline(false);
    phone.leaveAndReturn();
    await phone.seeNot('网络不可用');
    expect(phone.sent(LOGIN)).toBe(1);
  });

  it('stays logged out after a logout, over a restart too, until one taps to log in', async () => {
    const before = await app.phone({ user: 'leaves' });
    await before.tap('退出登录');
    await before.see('欢迎回来');
    const after = await app.phone({ user: 'leaves', kept: before.kept });
    await after.see('欢迎回来');
    expect(after.sent('POST /wechat/login')).toBe(0);
    await after.tap('微信一键登录');
    await after.see('用户编号');
  });

  it('offers another way while WeChat is down, and one tap is enough when it is back', async () => {
    await app.test.wechat.fault('http:502');
    const phone = await app.phone({ user: 'unlucky' });
    await phone.see('微信服务暂不可用');
    await phone.tap('用其他方式登录');
    await phone.see('或使用账号密码');
    await app.test.wechat.heal();
    app.test.clock.advance({ minutes: 1 });
    await phone.tap('微信一键登录');
    await phone.see('用户编号');
  });

  it('lists the devices, ends the other one, and that one logs in again by itself', async () => {
    const here = await app.phone({ user: 'two', device: 'xiaoming-1' });
    const there = await app.phone({ user: 'two', device: 'xiaoming-2' });
    await there.see('用户编号');
    await here.tap('登录设备');
    await here.see('iPhone 17');
    expect(here.text).toContain('本机');
    await here.tap('下线');
    await here.see('将立即退出登录');
    await here.tap('下线');
    await here.seeNot('iPhone 17');
    there.requests.length = 0;
    there.leaveAndReturn();
    await there.until(() => there.sent(LOGIN) === 1 && there.requests.at(-1)?.status === 200, 'another login');
    expect(there.requests.map(({ status }) => status)).toEqual([401, 401, 201, 200, 200]);
  });
});
