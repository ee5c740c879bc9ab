import type { Browser, BrowserContextOptions, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { openWindow, takePicture } from '../browser.js';
import type { PreviewedApp } from './previewed-app.js';

/** The preview in a real browser: the page with the picture, and the phone in its frame. */
export class PreviewPage {
  readonly phone: FrameLocator;

  private constructor(
    readonly page: Page,
    readonly troubles: string[],
  ) {
    this.phone = page.frameLocator('#phone');
  }

  static async open(browser: Browser, app: PreviewedApp, user: string, options: BrowserContextOptions = {}) {
    const { page, troubles } = await openWindow(browser, { viewport: { width: 1360, height: 860 }, ...options });
    await page.goto(`${app.preview.url}/?user=${user}`);
    return new PreviewPage(page, troubles);
  }

  /** Waits until the phone shows this text on the page on top. */
  async see(text: string | RegExp): Promise<void> {
    await this.onTop(this.phone.getByText(text)).waitFor();
  }

  /** Taps a button or a link on the phone. */
  async tap(name: string, role: 'button' | 'link' = 'button'): Promise<void> {
    const named = this.phone
      .locator(`.page:not([hidden]), #sheets, #bar`)
      .getByRole(role, { name, exact: role === 'button' });
    await named.last().click();
  }

  /** Types into a field of the phone and leaves it. */
  async type(label: string, value: string): Promise<void> {
    const field = this.phone.locator('.page:not([hidden])').getByRole('textbox', { name: label, exact: true });
    await field.fill(value);
    await field.blur();
  }

  /** Presses one of the experiments and waits for its end. */
  async experiment(id: string): Promise<void> {
    await this.page.locator(`#${id}`).click();
    await this.page.locator(`#${id}[aria-disabled="false"]`).waitFor();
  }

  /** Waits until an arrow like this has been drawn. */
  async arrow(selector: { about: string; kind?: string; status?: string; code?: string }): Promise<Locator> {
    const wanted = Object.entries(selector).map(([name, value]) => `[data-${name}="${value}"]`);
    const arrow = this.page.locator(`#arrows > li${wanted.join('')}`).last();
    await arrow.waitFor({ state: 'attached' });
    return arrow;
  }

  /** What was drawn so far: `request POST /api/v1/auth/wechat`, `answer POST /api/v1/auth/wechat 200`. */
  async drawn(): Promise<string[]> {
    return this.page
      .locator('#arrows > li[data-about]')
      .evaluateAll((rows) =>
        (rows as unknown as { dataset: Record<string, string> }[]).map(({ dataset: { kind, about, status, code } }) =>
          [kind, about, status, code].filter(Boolean).join(' '),
        ),
      );
  }

  clear(): Promise<void> {
    return this.page.locator('#clear').click();
  }

  /** A picture of the phone alone. */
  takePicture(name: string): Promise<void> {
    return takePicture(this.page.locator('.frame'), name);
  }

  /** The phone's own document. */
  frame(): Frame {
    return this.page.frames().find((frame) => frame.url().includes('/phone?'))!;
  }

  private onTop(locator: Locator): Locator {
    return locator.and(this.phone.locator('.page:not([hidden]) *, #sheets *, #bar *')).last();
  }
}
