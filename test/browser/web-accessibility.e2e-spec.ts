import type { Browser } from 'playwright-core';
import { seriousFindings } from '../support/accessibility.js';
import { Admin } from '../support/admins.js';
import { startBrowser, takePicture } from '../support/browser.js';
import { login, registered } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { WebWindow } from '../support/web/web-window.js';

const LOOKS = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
  { locale: 'en-GB', colorScheme: 'light' },
  { locale: 'en-GB', colorScheme: 'dark' },
] as const;
const BEHIND_THE_LOGIN = ['/devices', '/account', '/admin/users', '/admin/audit', '/admin/wechat', '/nowhere'];

jest.setTimeout(90_000);

describe('the web page for everyone', () => {
  let browser: Browser;
  let test: TestApp;
  let admin: Admin;
  let someone: { id: string };

  beforeAll(async () => {
    [browser, test] = await Promise.all([startBrowser(), startTestApp()]);
    admin = await Admin.start(test);
    const { user } = await registered(test, { device: { name: 'Xiaomi 14', platform: 'android' } });
    await admin.ban((await registered(test)).user.id);
    await login(test, { username: admin.tokens.user.username, device: { name: 'iPad', platform: 'ios' } });
    someone = user;
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  const headings = (window: WebWindow) => window.page.getByRole('heading', { level: 1 }).allInnerTexts();

  /** What axe says, and which letters are on the page. */
  async function look(window: WebWindow, path: string): Promise<Record<string, unknown>> {
    const findings = await seriousFindings(window.page.mainFrame());
    const text = (await window.page.locator('body').innerText()).replace('中文', '');
    return { path, findings, titled: (await headings(window)).length, isChinese: /\p{Script=Han}/u.test(text) };
  }

  it.each(LOOKS)('is as it should be for $locale, $colorScheme', async ({ locale, colorScheme }) => {
    const isChinese = locale === 'zh-CN';
    const window = await WebWindow.open(browser, test, '/login', { locale, colorScheme });
    await window.page.locator('button[type=submit]').click();
    await window.page.locator('[aria-invalid=true]').nth(1).waitFor();
    const seen = [await look(window, '/login')];
    await window.page.getByRole('link', { name: isChinese ? '注册' : 'Create an account' }).click();
    await window.page.getByText(isChinese ? '3–20 位字母或数字' : '3 to 20 letters or digits').waitFor();
    seen.push(await look(window, '/register'));
    await window.page.goBack();
    await window.login(admin.tokens.user.username!);
    for (const path of [...BEHIND_THE_LOGIN.slice(0, -1), `/admin/users/${someone.id}`]) {
      await window.page.goto(window.url + path);
      await window.page.getByRole('heading', { level: 1 }).waitFor();
      await window.page.locator('main .card, main table').first().waitFor();
      seen.push(await look(window, path));
      if (colorScheme === 'dark' && path === '/devices')
        await takePicture(window.page, `web-dark-${locale.slice(0, 2)}`);
    }
    expect(seen).toEqual(seen.map(({ path }) => ({ path, findings: [], titled: 1, isChinese })));
    expect(window.troubles).toEqual([]);
    await window.close();
  });

  it('fits a narrow screen', async () => {
    const viewport = { width: 360, height: 740 };
    const window = await WebWindow.open(browser, test, '/login', { viewport, hasTouch: true, isMobile: true });
    await window.login(admin.tokens.user.username!);
    for (const path of BEHIND_THE_LOGIN.slice(0, -1)) {
      await window.page.goto(window.url + path);
      await window.page.locator('main .card, main table').first().waitFor();
      const width = await window.page.evaluate<number>('document.documentElement.scrollWidth');
      expect({ path, width }).toEqual({ path, width: 360 });
      if (path === '/devices') await takePicture(window.page, 'web-narrow');
    }
    await window.close();
  });

  it('leads whoever comes by keyboard to the content, and to the heading of the next page', async () => {
    const window = await WebWindow.loggedIn(browser, test, admin.tokens.user.username!);
    await window.page.reload();
    await window.title('登录的设备');
    await window.page.keyboard.press('Tab');
    expect(await window.focused()).toBe('跳到主要内容');
    await window.go('账号');
    await window.title('账号');
    expect(await window.focused()).toBe('账号');
    await window.close();
  });
});
