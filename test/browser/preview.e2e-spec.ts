import type { Browser } from 'playwright-core';
import { seriousFindings } from '../support/accessibility.js';
import { startBrowser, takePicture } from '../support/browser.js';
import { PreviewPage } from '../support/preview/preview-page.js';
import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';

const ME = 'GET /api/v1/users/me';
const LOGIN = 'POST /api/v1/auth/wechat';
const REFRESH = 'POST /api/v1/auth/refresh';
const FIRST_LOGIN = [
  'request launch',
  'request wx.login',
  'answer wx.login',
  `request ${LOGIN}`,
  'request GET /sns/jscode2session',
  'answer GET /sns/jscode2session 0',
  `answer ${LOGIN} 200`,
  `request ${ME}`,
  `answer ${ME} 200`,
];

jest.setTimeout(90_000); // a busy machine draws slowly

describe('the preview in a browser', () => {
  let browser: Browser;
  let app: PreviewedApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([startBrowser(), startPreviewedApp()]);
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  /** A page on which somebody has just been logged in silently, with nothing drawn. */
  async function loggedIn(user: string): Promise<PreviewPage> {
    const preview = await PreviewPage.open(browser, app, user);
    await preview.see(/用户编号/);
    await preview.arrow({ about: ME, kind: 'answer' });
    await preview.clear();
    return preview;
  }

  it('draws the first login as it happens, and explains each arrow', async () => {
    const preview = await PreviewPage.open(browser, app, 'first');
    await preview.see(/用户编号/);
    await preview.arrow({ about: ME, kind: 'answer' });
    expect(await preview.drawn()).toEqual(FIRST_LOGIN);
    await takePicture(preview.page, 'preview');
    const arrow = await preview.arrow({ about: LOGIN, kind: 'answer' });
    await arrow.getByRole('button').click();
    const details = await arrow.locator('.arrow-more').innerText();
    expect(details).toContain('数据库里只有续期令牌的哈希');
    expect(details).toMatch(/"refreshToken": "wxr1…[\w-]{4}"/);
    expect(details).not.toMatch(/eyJ[\w-]{20}/);
    await takePicture(preview.page, 'preview-details');
    expect(preview.troubles).toEqual([]);
    await preview.page.context().close();
  });

  it('expires the token: 401, one renewal, the request once more', async () => {
    const preview = await loggedIn('expire');
    await preview.experiment('expire');
    await preview.arrow({ about: ME, kind: 'answer', status: '200' });
    expect(await preview.drawn()).toEqual([
      `request ${ME}`,
      `answer ${ME} 401 auth.access_token_invalid`,
      `request ${REFRESH}`,
      `answer ${REFRESH} 200`,
      `request ${ME}`,
      `answer ${ME} 200`,
    ]);
    await preview.page.context().close();
  });

  it('lets 16 minutes pass: renewed before it is asked for', async () => {
    const preview = await loggedIn('time');
    await preview.experiment('time');
    await preview.arrow({ about: ME, kind: 'answer', status: '200' });
    expect(await preview.drawn()).toEqual([
      `request ${REFRESH}`,
      `answer ${REFRESH} 200`,
      `request ${ME}`,
      `answer ${ME} 200`,
    ]);
    await preview.page.context().close();
  });

  it('loses an answer, and nobody is logged out', async () => {
    const preview = await loggedIn('drop');
    await preview.experiment('drop');
    await preview.arrow({ about: ME, kind: 'answer', status: '200' });
    expect(await preview.drawn()).toEqual([
      `request ${REFRESH}`,
      `lost ${REFRESH} 200`,
      `request ${REFRESH}`,
      `answer ${REFRESH} 200`,
      `request ${ME}`,
      `answer ${ME} 200`,
    ]);
    expect(await preview.page.locator('#arrows').innerText()).toContain('没等到答复');
    await takePicture(preview.page, 'preview-lost-answer');
    await preview.page.context().close();
  });

  it('replays a stolen refresh token: the session ends, the user is back, the thief is not', async () => {
    const preview = await loggedIn('steal');
    await preview.page.setViewportSize({ width: 1360, height: 1380 }); // all of it in one picture
    await preview.experiment('steal');
    const last = await preview.arrow({ about: REFRESH, kind: 'answer', code: 'sessions.ended' });
    await last.waitFor();
    expect(await preview.drawn()).toEqual([
      ...[1, 2].flatMap(() => [`request ${REFRESH}`, `answer ${REFRESH} 200`]),
      `request ${ME}`,
      `answer ${ME} 401 auth.access_token_invalid`,
      `request ${REFRESH}`,
      `answer ${REFRESH} 401 sessions.refresh_token_reused`,
      ...FIRST_LOGIN.slice(1),
      `request ${REFRESH}`,
      `answer ${REFRESH} 401 sessions.ended`,
    ]);
    expect(await preview.page.locator('#lanes').innerText()).toContain('窃取者');
    await preview.see(/用户编号/);
    await takePicture(preview.page, 'preview-stolen-token');
    expect(await seriousFindings(preview.page.mainFrame())).toEqual([]);
    await preview.page.context().close();
  });

  it('takes WeChat down: whoever is logged in stays so, a new login is told in time, and all heals', async () => {
    const preview = await loggedIn('wechat');
    await preview.experiment('wechat');
    await preview.arrow({ about: ME, kind: 'answer', status: '200' });
    expect(await preview.drawn()).toContain(`answer ${REFRESH} 200`);
    await preview.page.locator('#forget').click();
    await preview.arrow({ about: LOGIN, kind: 'answer', status: '503', code: 'wechat.unavailable' });
    await preview.see('微信服务暂不可用');
    await preview.experiment('wechat');
    app.test.clock.advance({ minutes: 1 });
    await preview.tap('再试一次');
    await preview.see(/用户编号/);
    await preview.page.context().close();
  });

  it('goes offline and back, and nobody is logged out', async () => {
    const preview = await loggedIn('offline');
    await preview.experiment('offline');
    await preview.see('网络不可用');
    await preview.arrow({ about: ME, kind: 'lost' });
    await preview.see(/用户编号/);
    await preview.experiment('offline');
    await preview.arrow({ about: ME, kind: 'answer', status: '200' });
    expect(await preview.drawn()).not.toContain(`request ${LOGIN}`);
    await preview.page.context().close();
  });

  it('restarts without a login, and begins anew once its data are erased', async () => {
    const preview = await loggedIn('restart');
    await preview.page.locator('#restart').click();
    await preview.arrow({ about: ME, kind: 'answer' });
    expect(await preview.drawn()).toEqual(['request launch', `request ${ME}`, `answer ${ME} 200`]);
    await preview.clear();
    await preview.page.locator('#forget').click();
    await preview.arrow({ about: ME, kind: 'answer' });
    expect(await preview.drawn()).toEqual(FIRST_LOGIN);
    await preview.page.context().close();
  });

  it('hands the phone to somebody else, and back with what it had kept', async () => {
    const preview = await PreviewPage.open(browser, app, '');
    await preview.see(/用户编号/);
    const first = await preview.phone.getByText(/用户编号/).innerText();
    await preview.page.locator('#device').selectOption('xiaohong-1');
    await preview.phone
      .getByText(/用户编号/)
      .and(preview.phone.locator(`:not(:text("${first}"))`))
      .waitFor();
    await preview.page
      .locator(`#arrows > li[data-about="${ME}"][data-kind="answer"]`)
      .nth(1)
      .waitFor({ state: 'attached' }); // else it is drawn later
    await preview.clear();
    await preview.page.locator('#device').selectOption('xiaoming-1');
    await preview.see(first);
    await preview.arrow({ about: ME, kind: 'answer' });
    expect(await preview.drawn()).toEqual(['request launch', `request ${ME}`, `answer ${ME} 200`]);
    await preview.page.context().close();
  });

  it('speaks English all over when asked to, and remembers it', async () => {
    const preview = await PreviewPage.open(browser, app, 'english', { locale: 'en-GB' });
    await preview.see(/用户编号/);
    await preview.experiment('steal');
    await preview.arrow({ about: REFRESH, kind: 'answer', code: 'sessions.ended' });
    const text = await preview.page.locator('body').innerText();
    expect(text.replace('中文', '')).not.toMatch(/\p{Script=Han}/u);
    await takePicture(preview.page, 'preview-en');
    await preview.page.getByRole('button', { name: '中文' }).click();
    expect(await preview.page.locator('h1').innerText()).toBe('微信登录，看得见');
    expect(await preview.page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await preview.page.reload();
    expect(await preview.page.locator('h1').innerText()).toBe('微信登录，看得见');
    await preview.page.context().close();
  });

  it('fits a narrow screen', async () => {
    const preview = await PreviewPage.open(browser, app, 'narrow', { viewport: { width: 390, height: 844 } });
    await preview.see(/用户编号/);
    const { scrollWidth } = await preview.page.evaluate<{ scrollWidth: number }>(
      '({ scrollWidth: document.documentElement.scrollWidth })',
    );
    expect(scrollWidth).toBeLessThanOrEqual(390);
    expect(await seriousFindings(preview.page.mainFrame())).toEqual([]);
    await preview.page.context().close();
  });
});
