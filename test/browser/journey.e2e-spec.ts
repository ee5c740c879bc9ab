import type { Browser } from 'playwright-core';
import { openWindow, startBrowser } from '../support/browser.js';
import { PreviewPage } from '../support/preview/preview-page.js';
import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';

const PASSWORD = 'Blue-Kettle7';
const ME = 'GET /api/v1/users/me';
const LOGIN = 'POST /api/v1/auth/wechat';
const REFRESH = 'POST /api/v1/auth/refresh';
const DEVICES = 'GET /api/v1/sessions';

const REGISTRATION_ERRORS = [
  ['用户名', 'ab', '用户名为 3–20 位字母或数字'],
  ['密码', 'Sho-rt1', '密码至少 8 位'],
  ['密码', 'blue-kettle7', '密码须包含大写字母'],
  ['密码', 'BLUE-KETTLE7', '密码须包含小写字母'],
  ['密码', 'BlueKettle77', '密码须包含特殊字符'],
  ['邮箱（选填）', 'nowhere', '邮箱格式不正确'],
] as const;

jest.setTimeout(90_000); // a busy machine draws slowly

describe('somebody with a phone and a computer', () => {
  let browser: Browser;
  let app: PreviewedApp;

  beforeAll(async () => {
    [browser, app] = await Promise.all([startBrowser(), startPreviewedApp()]);
    await app.test.client.post('/api/v1/auth/register', { username: 'Taken01', password: PASSWORD });
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('logs in silently, gives their phone number, and a username', async () => {
    const preview = await PreviewPage.open(browser, app, 'journey');
    await preview.see(/用户编号/);

    await preview.tap('手机号', 'link');
    await preview.tap('绑定手机号');
    await preview.see('隐私保护提示');
    await preview.takePicture('demo-privacy');
    await preview.tap('同意并继续');
    await preview.tap('允许');
    await preview.see(/^1\d\d\*{4}\d{4}$/);

    await preview.type('用户名', 'Journey01');
    await preview.type('密码', PASSWORD);
    await preview.tap('设置用户名和密码');
    await preview.see('Journey01');
    expect(preview.troubles).toEqual([]);
    await preview.page.context().close();
  });

  it('sees every error of the registration where it belongs', async () => {
    const preview = await PreviewPage.open(browser, app, 'registers');
    await preview.tap('退出登录');
    await preview.tap('没有账号', 'link');
    for (const [label, value, problem] of REGISTRATION_ERRORS) {
      await preview.type(label, value);
      await preview.see(problem);
    }
    await preview.type('用户名', 'taken01');
    await preview.type('密码', PASSWORD);
    await preview.type('邮箱（选填）', '');
    await preview.tap('注册并登录');
    await preview.see('用户名已存在');
    await preview.takePicture('demo-register');
    await preview.type('用户名', 'Fresh01');
    await preview.tap('注册并登录');
    await preview.see('Fresh01');
    await preview.page.context().close();
  });

  it('ends the phone’s session from the web page, and the phone logs in again by itself', async () => {
    const preview = await PreviewPage.open(browser, app, 'journey');
    await preview.tap('登录设备', 'link');
    await preview.see('本机');
    await preview.takePicture('demo-devices');
    await preview.arrow({ about: DEVICES, kind: 'answer', status: '200' });

    const { page: web, troubles } = await openWindow(browser);
    await web.goto(app.test.client.url);
    await web.getByLabel('用户名或邮箱').fill('journey01');
    await web.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await web.getByRole('button', { name: '登录', exact: true }).click();
    await web.getByText('Xiaomi 15 · Android 15').first().waitFor();
    await web.getByRole('button', { name: '下线其他全部设备' }).click();
    await web.getByRole('button', { name: '下线', exact: true }).last().click();
    await web.getByText('其他设备已全部下线').first().waitFor();

    await preview.clear();
    await preview.tap('返回');
    await preview.arrow({ about: ME, kind: 'answer', status: '200' });
    expect(await preview.drawn()).toEqual([
      `request ${ME}`,
      `answer ${ME} 401 sessions.ended`,
      `request ${REFRESH}`,
      `answer ${REFRESH} 401 sessions.ended`,
      'request wx.login',
      'answer wx.login',
      `request ${LOGIN}`,
      'request GET /sns/jscode2session',
      'answer GET /sns/jscode2session 0',
      `answer ${LOGIN} 200`,
      `request ${ME}`,
      `answer ${ME} 200`,
    ]);
    await preview.see(/用户编号/);
    expect(troubles).toEqual([]);
    await preview.page.context().close();
    await web.context().close();
  });
});
