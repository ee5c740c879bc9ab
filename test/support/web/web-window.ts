import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { openWindow, watch } from '../browser.js';
import { PASSWORD } from '../password-users.js';
import type { TestApp } from '../test-app.js';

const PATIENCE_MS = 20_000;

/** The web page in a real browser, and the fingers and eyes of somebody who uses it. */
export class WebWindow {
  private constructor(
    readonly page: Page,
    readonly url: string,
    readonly troubles: string[],
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
  }

  static async open(browser: Browser, { client }: TestApp, path = '/login', options: BrowserContextOptions = {}) {
    const { page, troubles } = await openWindow(browser, options);
    const window = new WebWindow(page, client.url, troubles);
    await page.goto(client.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return window;
  }

  /** Logged in, on the page of the devices. */
  static async loggedIn(browser: Browser, test: TestApp, username: string, options: BrowserContextOptions = {}) {
    const window = await WebWindow.open(browser, test, '/login', options);
    await window.login(username);
    return window;
  }

  /** Another tab of the same browser. */
  async tab(path = '/'): Promise<WebWindow> {
    const page = await this.page.context().newPage();
    const window = new WebWindow(page, this.url, watch(page));
    await page.goto(this.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return window;
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Types into a field, and leaves it. */
  async type(label: string, value: string): Promise<void> {
    await this.field(label).fill(value);
    await this.field(label).blur();
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
  }

  /** Presses a button, and says yes to the question it asks. */
  async confirm(name: string, yes: string): Promise<void> {
    await this.press(name);
    await this.page.locator('.ant-popconfirm').getByRole('button', { name: yes, exact: true }).click();
  }

  async go(link: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click();
  }

  async see(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async title(name: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  async gone(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: 'detached' });
  }

  async login(username: string, password = PASSWORD): Promise<void> {
    const isChinese = (await this.page.locator('html').getAttribute('lang')) === 'zh-CN';
    await this.field(isChinese ? '用户名或邮箱' : 'Username or e-mail').fill(username);
    await this.field(isChinese ? '密码' : 'Password').fill(password);
    await this.press(isChinese ? '登录' : 'Log in');
    await this.page.getByRole('navigation').waitFor();
  }

  /** The accessible name of whatever has the focus. */
  async focused(): Promise<string> {
    return this.page.evaluate<string>(
      `(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent ?? ''`,
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
