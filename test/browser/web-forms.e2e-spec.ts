import type { Browser } from 'playwright-core';
import { openWindow, startBrowser, takePicture } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the forms of the web page', () => {
  let browser: Browser;
  let test: TestApp;

  beforeAll(async () => {
    [browser, test] = await Promise.all([startBrowser(), startTestApp()]);
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it('shows', async () => {
    const { page, troubles } = await openWindow(browser);
    await page.goto(test.client.url);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await takePicture(page, 'web-login');
    await page.getByRole('link', { name: '注册' }).click();
    await page.getByLabel('用户名').fill('ab');
    await page.getByLabel('密码', { exact: true }).fill('abc');
    await page.getByRole('button', { name: '注册' }).click();
    await takePicture(page, 'web-register');
    expect(troubles).toEqual([]);
  });
});
