import type { Browser } from 'playwright-core';
import { Admin } from '../support/admins.js';
import { startBrowser, takePicture } from '../support/browser.js';
import { login, registered } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { WebWindow } from '../support/web/web-window.js';
import { loginWithWechat } from '../support/wechat-phone.js';

jest.setTimeout(90_000);

describe('the pages for admins', () => {
  let browser: Browser;
  let test: TestApp;
  let admin: Admin;
  let window: WebWindow;

  beforeAll(async () => {
    [browser, test] = await Promise.all([startBrowser(), startTestApp()]);
    admin = await Admin.start(test);
  });
  afterEach(async () => {
    expect(window.troubles).toEqual([]);
    await window.close();
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  const enter = async (): Promise<WebWindow> =>
    (window = await WebWindow.loggedIn(browser, test, admin.tokens.user.username!));

  it('are not there for others', async () => {
    const { user } = await registered(test);
    window = await WebWindow.loggedIn(browser, test, user.username!);
    expect(await window.page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual(['设备', '账号']);
    await window.page.goto(`${window.url}/admin/users`);
    await window.title('没有这个页面');
  });

  it('find a user, ban them for a reason, and let them in again', async () => {
    const { user, refreshToken } = await registered(test, { device: { name: 'Xiaomi 14' } });
    const username = user.username!;
    await enter();
    await window.go('用户');
    await window.field('查找用户').fill(username);
    await window.field('查找用户').press('Enter');
    await window.see('共 1 人');
    await takePicture(window.page, 'web-users');
    await window.page.getByRole('link', { name: username }).click();
    await window.title(`用户 ${username}`);
    await window.press('封禁…');
    await window.press('封禁');
    await window.see('请填写原因');
    await window.type('原因', '发布违规内容');
    await window.page.getByLabel('30 天').check();
    await takePicture(window.page, 'web-ban');
    await window.press('封禁');
    await window.see('没有登录的设备');
    await window.see('发布违规内容');
    await takePicture(window.page, 'web-user');
    expect((await test.client.refresh(refreshToken)).status).toBe(401);
    expect((await login(test, { username })).status).toBe(403);
    await window.confirm('解除封禁', '确定');
    await window.see('已完成');
    await window.button('封禁…').waitFor();
    expect((await login(test, { username })).status).toBe(200);
  });

  it('sign a user’s devices out, one and then all', async () => {
    const { user } = await registered(test, { device: { name: 'Xiaomi 14' } });
    await login(test, { username: user.username, device: { name: 'iPad' } });
    await login(test, { username: user.username, device: { name: 'Mate 60' } });
    await enter();
    await window.page.goto(`${window.url}/admin/users/${user.id}`);
    await window.confirm('下线 iPad', '下线');
    await window.page.getByRole('heading', { name: 'iPad' }).waitFor({ state: 'detached' });
    await window.page.getByRole('heading', { name: 'Mate 60' }).waitFor();
    await window.confirm('下线全部设备', '下线');
    await window.see('没有登录的设备');
  });

  it('make somebody an admin, and lift the wait after failed logins', async () => {
    const { user } = await registered(test);
    await enter();
    await window.page.goto(`${window.url}/admin/users/${user.id}`);
    await window.confirm('设为管理员', '确定');
    await window.button('取消管理员').waitFor();
    await window.confirm('解除登录限制', '确定');
    await window.see('已完成');
  });

  it('leave an admin’s own account to another admin', async () => {
    await enter();
    await window.page.goto(`${window.url}/admin/users/${admin.id}`);
    await window.see('这是你自己的账号');
    expect(await window.button('封禁…').count()).toBe(0);
  });

  it('tell what happened, by filter, page after page, at an address that can be sent', async () => {
    const { user } = await registered(test);
    for (let times = 0; times < 60; times++) await login(test, { username: user.username });
    await enter();
    await window.page.goto(`${window.url}/admin/audit?userId=${user.id}`);
    await window.page.getByRole('row').nth(50).waitFor();
    await takePicture(window.page, 'web-audit');
    expect(await window.page.getByRole('row').count()).toBe(51);
    await window.press('加载更多');
    await window.button('加载更多').waitFor({ state: 'detached' });
    expect(await window.page.getByRole('row').count()).toBeGreaterThan(60);
    await window.field('结果').click();
    await window.page.locator('.ant-select-item-option', { hasText: '拒绝' }).click();
    await window.see('没有符合条件的事件');
    expect(new URL(window.page.url()).search).toBe(`?userId=${user.id}&outcome=refused`);
    await window.press('清除条件');
    await window.page.getByRole('row').nth(20).waitFor();
  });

  it('show how WeChat is doing, and its quota when asked', async () => {
    await loginWithWechat(test, 'xiaohong');
    await enter();
    await window.go('小程序');
    await window.page.getByRole('heading', { name: /WeChat simulator/ }).waitFor();
    await window.press('查询额度');
    await window.see(/\d+ \/ \d+/);
    await takePicture(window.page, 'web-wechat');
  });
});
