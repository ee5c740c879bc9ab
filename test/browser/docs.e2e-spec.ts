import type { Browser } from 'playwright-core';
import { openWindow, startBrowser, takePicture } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('GET /docs in a browser', () => {
  let browser: Browser;
  let test: TestApp;

  beforeAll(async () => {
    [browser, test] = await Promise.all([startBrowser(), startTestApp()]);
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  it('shows every door, and the content security policy refuses nothing', async () => {
    const { page, troubles } = await openWindow(browser);
    await page.goto(`${test.client.url}/docs`);
    await page.getByText('/api/v1/auth/wechat', { exact: true }).waitFor();
    await takePicture(page, 'api-docs');
    expect(troubles).toEqual([]);
  });
});
