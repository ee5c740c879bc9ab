import type { Browser } from 'playwright-core';
import { startBrowser, takePicture } from '../support/browser.js';
import { freshUsername, login, PASSWORD, registered } from '../support/password-users.js';
import { PreviewPage } from '../support/preview/preview-page.js';
import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';
import { WebWindow } from '../support/web/web-window.js';
import { loginWithWechat } from '../support/wechat-phone.js';

jest.setTimeout(90_000);

describe('a session of the web page in a browser', () => {
  let browser: Browser;
  let app: PreviewedApp;
  let window: WebWindow;

  beforeAll(async () => {
    [browser, app] = await Promise.all([startBrowser(), startPreviewedApp()]);
  });
  afterEach(async () => {
    expect(window.troubles).toEqual([]);
    await window.close();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const someone = async (): Promise<string> => (await registered(app.test)).user.username!;
  const enter = async (username: string): Promise<WebWindow> =>
    (window = await WebWindow.loggedIn(browser, app.test, username));

  it('outlives a reload, and no script can see what it lives by', async () => {
    await enter(await someone());
    await window.see('本机');
    await window.page.reload();
    await window.see('本机');
    const seen = await window.page.evaluate<string>('JSON.stringify([document.cookie, { ...localStorage }])');
    expect(seen).not.toMatch(/wxr1_|eyJ/);
    const cookies = await window.page.context().cookies(`${window.url}/api/v1/auth/web/refresh`);
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/api/v1/auth/web' }]);
  });

  it('is shared by the tabs of a browser, which log out together', async () => {
    await enter(await someone());
    const second = await window.tab('/account');
    await second.title('账号');
    await window.press('退出登录');
    await window.title('登录');
    await second.title('登录');
    expect(await window.page.context().cookies(`${window.url}/api/v1/auth/web/refresh`)).toEqual([]);
  });

  it('leads back to where somebody wanted to go', async () => {
    const username = await someone();
    window = await WebWindow.open(browser, app.test, '/account');
    await window.title('登录');
    await window.login(username);
    await window.title('账号');
  });

  it('waits for a server that does not answer, and logs nobody out', async () => {
    await enter(await someone());
    await window.page.route('**/api/v1/auth/web/refresh', (route) => route.abort());
    await window.page.reload();
    await window.title('暂时连不上服务器');
    await window.page.unroute('**/api/v1/auth/web/refresh');
    await window.press('重试');
    await window.title('登录的设备');
  });

  it('is marked among the devices, and ends another after a question', async () => {
    const username = await someone();
    await login(app.test, { username, device: { name: 'Xiaomi 14', platform: 'android' } });
    const { body } = await login(app.test, { username, device: { name: 'iPad', platform: 'ios' } });
    await enter(username);
    const devices = window.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: window.page.getByRole('heading') });
    await devices.first().getByText('本机').waitFor();
    await takePicture(window.page, 'web-devices');
    await window.confirm('下线 iPad', '下线');
    await window.see('已下线');
    await window.page.getByRole('heading', { name: 'iPad' }).waitFor({ state: 'detached' });
    expect((await app.test.client.refresh(body.refreshToken)).status).toBe(401);
    await window.confirm('下线其他全部设备', '下线');
    await window.see('其他设备已全部下线');
    await window.page.getByRole('heading', { name: 'Xiaomi 14' }).waitFor({ state: 'detached' });
    expect(await devices.count()).toBe(1);
  });

  it('puts a device back into the list when ending it did not get through', async () => {
    const username = await someone();
    await login(app.test, { username, device: { name: 'iPad', platform: 'ios' } });
    await enter(username);
    await window.page.getByRole('heading', { name: 'iPad' }).waitFor();
    await window.page.route('**/api/v1/sessions/*', (route) => route.abort());
    await window.confirm('下线 iPad', '下线');
    await window.see('网络不可用');
    await window.page.getByRole('heading', { name: 'iPad' }).waitFor();
  });

  it('that another device ends is over at once, and the page says why', async () => {
    const username = await someone();
    await enter(username);
    await window.see('本机');
    const { body } = await login(app.test, { username });
    await app.test.client.delete('/api/v1/sessions', { token: body.accessToken });
    await window.go('账号');
    await window.type('昵称', '小明');
    await window.press('保存');
    await window.see('登录已结束，请重新登录');
    await window.login(username);
    await window.title('账号');
  });

  it('ends the phone’s session, and the phone logs in again by itself', async () => {
    const phone = await PreviewPage.open(browser, app, 'xiaoming');
    await phone.see(/用户编号/);
    const username = freshUsername();
    const { body } = await loginWithWechat(app.test, 'xiaoming');
    const choice = { username, password: PASSWORD };
    await app.test.client.post('/api/v1/users/me/username', choice, { token: body.accessToken });
    await phone.clear();
    await enter(username);
    await window.confirm('下线其他全部设备', '下线');
    await window.see('其他设备已全部下线');
    await phone.experiment('time');
    await phone.arrow({ about: 'POST /api/v1/auth/wechat', kind: 'answer', status: '200' });
    await phone.see(/用户编号/);
    expect(await phone.drawn()).toContain('answer POST /api/v1/auth/refresh 401 sessions.ended');
    await window.page.reload();
    await window.see('微信登录');
    await phone.page.context().close();
  });
});
