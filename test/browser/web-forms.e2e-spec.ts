import type { Browser } from 'playwright-core';
import { startBrowser, takePicture } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { freshUsername, login, PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { WebWindow } from '../support/web/web-window.js';

const SOON_MS = 5_000;

jest.setTimeout(90_000);

describe('the forms of the web page', () => {
  let browser: Browser;
  let test: TestApp;
  let window: WebWindow;

  beforeAll(async () => {
    [browser, test] = await Promise.all([startBrowser(), startTestApp()]);
  });
  afterEach(async () => {
    expect(window.troubles).toEqual([]);
    await window.close();
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  const open = async (path: string): Promise<WebWindow> => (window = await WebWindow.open(browser, test, path));

  /** How often the page asks a door, each time held up until the test lets go. */
  async function heldUp(door: string): Promise<{ count: () => number; release: () => void }> {
    let asked = 0;
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await window.page.route(`**/api/v1/auth/${door}`, async (route) => {
      asked++;
      await gate;
      await route.continue();
    });
    return { count: () => asked, release };
  }

  describe('registering', () => {
    it('judges a field when it is left, and from then on with every letter', async () => {
      await open('/register');
      await window.field('用户名').pressSequentially('a-');
      expect(await window.page.getByText('用户名须为 3–20 位字母或数字').count()).toBe(0);
      await window.field('用户名').blur();
      await window.see('用户名须为 3–20 位字母或数字');
      await window.field('用户名').fill('abc');
      await window.gone('用户名须为 3–20 位字母或数字');
    });

    it.each([
      ['密码', 'Aa@1', '密码至少 8 位'],
      ['密码', 'blue-kettle', '密码须包含大写字母'],
      ['密码', 'BLUE-KETTLE', '密码须包含小写字母'],
      ['密码', 'BlueKettle7', '密码须包含特殊字符'],
      ['邮箱（选填）', 'nobody', '邮箱格式不正确'],
      ['用户名', 'ab', '用户名须为 3–20 位字母或数字'],
    ])('says at %s what is wrong with %s', async (label, value, problem) => {
      await open('/register');
      await window.type(label, value);
      await window.see(problem);
      expect(await window.field(label).getAttribute('aria-invalid')).toBe('true');
    });

    it('leads to the first field that is wrong, and sends nothing', async () => {
      await open('/register');
      const door = await heldUp('web/register');
      await window.press('注册');
      await window.see('请输入用户名');
      await window.see('请输入密码');
      expect([await window.focused(), door.count()]).toEqual(['用户名', 0]);
    });

    it('moves nothing away from under a finger when it says what is wrong', async () => {
      await open('/register');
      const heightOf = async () => (await window.button('注册').boundingBox())!.y;
      const before = await heightOf();
      await window.type('用户名', 'a-');
      await window.see('用户名须为 3–20 位字母或数字');
      expect(Math.abs((await heightOf()) - before)).toBeLessThan(6);
    });

    it('asks whether a name is free once nobody has typed for a moment, and only about the last', async () => {
      const { user } = await registered(test);
      await open('/register');
      const asked: string[] = [];
      window.page.on('request', (request) => {
        if (request.url().includes('username-available')) asked.push(new URL(request.url()).search);
      });
      await window.field('用户名').pressSequentially(user.username!, { delay: 20 });
      await window.see('用户名已存在');
      await window.field('用户名').fill(`${user.username}x`);
      await window.see('用户名可用');
      expect(asked).toEqual([`?username=${user.username}`, `?username=${user.username}x`]);
    });

    it('shows at the field that somebody was faster, and leads there', async () => {
      const { user } = await registered(test);
      await open('/register');
      await window.page.route('**/username-available*', (route) => route.fulfill({ json: { available: true } }));
      await window.type('用户名', user.username!);
      await window.type('密码', PASSWORD);
      await takePicture(window.page, 'web-register');
      await window.press('注册');
      await window.see('用户名已存在');
      expect(await window.focused()).toBe('用户名');
    });

    it('shows what only the server knows of a password', async () => {
      await open('/register');
      await window.type('用户名', freshUsername());
      await window.type('密码', 'Password1!');
      await window.press('注册');
      await window.see('该密码过于常见，请换一个');
      expect(await window.focused()).toBe('密码');
    });

    it('is logged in afterwards', async () => {
      await open('/register');
      await window.type('用户名', freshUsername());
      await window.type('密码', PASSWORD);
      await window.page.keyboard.press('Enter');
      await window.press('注册');
      await window.title('登录的设备');
      await window.see('本机');
    });
  });

  describe('logging in', () => {
    it('never says which of the two is wrong, and is ready for the next try', async () => {
      const { user } = await registered(test);
      for (const name of [user.username!, 'nobody']) {
        await open('/login');
        await window.type('用户名或邮箱', name);
        await window.type('密码', WRONG_PASSWORD);
        await window.press('登录');
        await window.see('账号或密码错误');
        await window.see(/请求编号 [0-9a-f-]{36}/);
        expect(await window.focused()).toBe('密码');
        if (name === 'nobody') await takePicture(window.page, 'web-login');
        else await window.close();
      }
    });

    it('counts down in front of everyone who tried too often, and cannot be sent meanwhile', async () => {
      const { user } = await registered(test);
      const username = user.username!;
      await eventually(async () => (await login(test, { username, password: WRONG_PASSWORD })).status === 429, SOON_MS);
      await open('/login');
      const door = await heldUp('web/login');
      door.release();
      await window.type('用户名或邮箱', username);
      await window.type('密码', WRONG_PASSWORD);
      await window.press('登录');
      await window.see('尝试次数过多，请稍后再试');
      const button = window.page.locator('button[type=submit]');
      const seconds = async () => Number(/请 (\d+) 秒后再试/.exec(await button.innerText())?.[1]);
      const first = await seconds();
      expect([first > 0, await button.isDisabled(), await window.field('密码').isEnabled()]).toEqual([
        true,
        true,
        true,
      ]);
      await takePicture(window.page, 'web-too-many-attempts');
      await window.field('密码').press('Enter');
      await eventually(async () => !((await seconds()) >= first), SOON_MS);
      expect(door.count()).toBe(1);
    });

    it('is sent once, however often somebody presses', async () => {
      const { user } = await registered(test);
      await open('/login');
      const door = await heldUp('web/login');
      await window.type('用户名或邮箱', user.username!);
      await window.field('密码').fill(PASSWORD);
      await window.field('密码').press('Enter');
      await window.page.locator('button[type=submit].ant-btn-loading').waitFor();
      await window.field('密码').press('Enter');
      await window.page.locator('button[type=submit]').dispatchEvent('click');
      await window.field('密码').press('Enter');
      door.release();
      await window.title('登录的设备');
      expect(door.count()).toBe(1);
    });

    it('says that there is no network, and works once there is', async () => {
      const { user } = await registered(test);
      await open('/login');
      await window.page.context().setOffline(true);
      await window.type('用户名或邮箱', user.username!);
      await window.type('密码', PASSWORD);
      await window.press('登录');
      await window.see('网络不可用，请检查网络后重试');
      await window.page.context().setOffline(false);
      await window.press('登录');
      await window.title('登录的设备');
    });

    it('works with the keyboard alone: show the password, send', async () => {
      const { user } = await registered(test);
      await open('/login');
      expect(await window.focused()).toBe('用户名或邮箱');
      await window.page.keyboard.type(user.username!);
      await window.page.keyboard.press('Tab');
      await window.page.keyboard.type(PASSWORD);
      await window.page.keyboard.press('Tab');
      await window.page.keyboard.press('Space');
      expect(await window.field('密码').getAttribute('type')).toBe('text');
      await window.page.keyboard.press('Tab');
      await window.page.keyboard.press('Enter');
      await window.title('登录的设备');
    });

    it('speaks English when asked to, and remembers it', async () => {
      await open('/login');
      await window.press('English');
      await window.title('Log in');
      await window.page.reload();
      await window.title('Log in');
      expect(await window.page.locator('html').getAttribute('lang')).toBe('en');
      expect((await window.page.locator('body').innerText()).replace('中文', '')).not.toMatch(/\p{Script=Han}/u);
      await window.type('Username or e-mail', 'nobody');
      await window.type('Password', WRONG_PASSWORD);
      await window.press('Log in');
      await window.see('Wrong username or password');
      await window.press('中文');
      await window.see('账号或密码错误');
    });
  });
});
