import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { startBrowser, takePicture } from '../support/browser.js';
import { login, PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { WebWindow } from '../support/web/web-window.js';

const NEW_PASSWORD = 'Yellow-Teapot9';

jest.setTimeout(90_000);

describe('the account page', () => {
  let browser: Browser;
  let test: TestApp;
  let window: WebWindow;
  let username: string;

  beforeAll(async () => {
    [browser, test] = await Promise.all([startBrowser(), startTestApp()]);
  });
  beforeEach(async () => {
    username = (await registered(test)).user.username!;
    window = await WebWindow.loggedIn(browser, test, username);
    await window.go('账号');
    await window.title('账号');
  });
  afterEach(async () => {
    expect(window.troubles).toEqual([]);
    await window.close();
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it('keeps a profile, and shows the new name at once', async () => {
    await window.type('昵称', '小明');
    await window.type('头像地址', 'http://example.com/a.png');
    await window.see('须为 https:// 开头的地址');
    await window.type('头像地址', 'https://example.com/a.png');
    await window.press('保存');
    await window.see('已保存');
    await window.page.getByRole('banner').getByText('小明').waitFor();
    await takePicture(window.page, 'web-account');
    await window.page.reload();
    await window.title('账号');
    expect(await window.field('昵称').inputValue()).toBe('小明');
  });

  it('shows at the field that an e-mail address is somebody else’s', async () => {
    await registered(test, { email: 'taken@example.com' });
    await window.type('邮箱', 'taken@example.com');
    await window.press('保存');
    await window.see('邮箱已被使用');
    expect(await window.focused()).toBe('邮箱');
  });

  it('asks for the password once more when the login is long ago, and then does what was asked', async () => {
    test.clock.advance({ hours: 1 });
    await window.page.reload();
    await window.title('账号');
    await window.type('邮箱', 'new@example.com');
    await window.press('保存');
    const dialog = window.page.getByRole('dialog', { name: '请验证身份' });
    await dialog.getByLabel('密码', { exact: true }).fill(WRONG_PASSWORD);
    await dialog.getByRole('button', { name: '验证', exact: true }).click();
    await dialog.getByText('账号或密码错误').waitFor();
    await takePicture(window.page, 'web-reauthentication');
    await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: '验证', exact: true }).click();
    await window.see('已保存');
    await dialog.waitFor({ state: 'detached' });
  });

  it('changes the password, and signs the other devices out', async () => {
    const { body: other } = await login(test, { username });
    await window.type('当前密码', WRONG_PASSWORD);
    await window.type('新密码', 'weak');
    await window.see('密码至少 8 位');
    await window.type('新密码', NEW_PASSWORD);
    await window.press('修改密码');
    await window.see('账号或密码错误');
    await window.type('当前密码', PASSWORD);
    await window.press('修改密码');
    await window.see('密码已修改，其他设备已下线');
    expect((await test.client.refresh(other.refreshToken)).status).toBe(401);
    expect((await login(test, { username, password: NEW_PASSWORD })).status).toBe(200);
    await window.page.reload();
    await window.title('账号');
  });

  it('hands out everything that is known about somebody, as a file', async () => {
    const [download] = await Promise.all([window.page.waitForEvent('download'), window.press('导出')]);
    const data = readFileSync(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toMatch(/^wx-login-\d+\.json$/);
    expect(data).toContain(username);
  });

  it('deletes the account for good, after the password', async () => {
    await window.press('注销账号…');
    const dialog = window.page.getByRole('dialog', { name: `永久删除账号“${username}”？` });
    await dialog.getByLabel('输入密码以确认').fill(WRONG_PASSWORD);
    await dialog.getByRole('button', { name: '永久删除' }).click();
    await dialog.getByText('账号或密码错误').waitFor();
    await dialog.getByLabel('输入密码以确认').fill(PASSWORD);
    await dialog.getByRole('button', { name: '永久删除' }).click();
    await window.title('登录');
    expect((await login(test, { username })).status).toBe(401);
  });
});
