import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';
import type { PhoneInJsdom } from '../support/preview/phone-in-jsdom.js';

const PASSWORD = 'Blue-Kettle7';
const REGISTER = 'POST /api/v1/auth/register';

describe('the forms of the demo mini-program', () => {
  let app: PreviewedApp;

  beforeAll(async () => {
    app = await startPreviewedApp();
  });

  afterAll(() => app.close());

  async function atLogin(user: string): Promise<PhoneInJsdom> {
    const phone = await app.phone({ user });
    await phone.tap('退出登录');
    await phone.see('欢迎回来');
    return phone;
  }

  async function atRegistration(user: string): Promise<PhoneInJsdom> {
    const phone = await atLogin(user);
    await phone.tap('没有账号');
    await phone.see('注册并登录');
    return phone;
  }

  it.each([
    ['用户名', 'ab', '用户名为 3–20 位字母或数字'],
    ['用户名', 'a b c', '用户名为 3–20 位字母或数字'],
    ['密码', 'Sho-rt1', '密码至少 8 位'],
    ['密码', 'blue-kettle7', '密码须包含大写字母'],
    ['密码', 'BLUE-KETTLE7', '密码须包含小写字母'],
    ['密码', 'BlueKettle77', '密码须包含特殊字符'],
    ['邮箱（选填）', 'not-an-address', '邮箱格式不正确'],
  ])('checks %s “%s” when the field is left', async (label, value, problem) => {
    const phone = await atRegistration('checks');
    await phone.type(label, value);
    await phone.see(problem);
    await phone.tap('注册并登录');
    expect(phone.sent(REGISTER)).toBe(0);
  });

  it('corrects the error while one types', async () => {
    const phone = await atRegistration('corrects');
    await phone.type('用户名', 'ab');
    await phone.see('用户名为 3–20 位字母或数字');
    await phone.type('用户名', 'abc');
    await phone.seeNot('用户名为 3–20 位字母或数字');
  });

  it('registers and logs in', async () => {
    const phone = await atRegistration('registers');
    await phone.type('用户名', 'Alice01');
    await phone.type('密码', PASSWORD);
    await phone.tap('注册并登录');
    await phone.see('Alice01');
    expect(phone.text).toContain('用户编号');
  });

  it('says 用户名已存在 at the field, and puts the cursor there', async () => {
    await app.test.client.post('/api/v1/auth/register', { username: 'Taken01', password: PASSWORD });
    const phone = await atRegistration('late');
    await phone.type('用户名', 'taken01');
    await phone.type('密码', PASSWORD);
    await phone.tap('注册并登录');
    await phone.see('用户名已存在');
    await phone.until(() => phone.focused === '用户名', 'the cursor at the username');
  });

  it('shows what only the server knows beside the field', async () => {
    const phone = await atRegistration('common');
    await phone.type('用户名', 'Common01');
    await phone.type('密码', 'P@ssw0rd');
    await phone.tap('注册并登录');
    await phone.see('该密码过于常见');
    await phone.until(() => phone.focused === '密码', 'the cursor at the password');
  });

  it('sends one request however often one taps', async () => {
    const phone = await atRegistration('hasty');
    await phone.type('用户名', 'Hasty01');
    await phone.type('密码', PASSWORD);
    phone.tapAtOnce('注册并登录', 3);
    await phone.see('Hasty01');
    expect(phone.sent(REGISTER)).toBe(1);
  });

  it('says 账号或密码错误 and nothing about which', async () => {
    const phone = await atLogin('forgetful');
    await phone.type('用户名或邮箱', 'nobody01');
    await phone.type('密码', 'wrong');
    await phone.tap('登录');
    await phone.see('账号或密码错误');
    expect(phone.text).toContain('请求编号');
  });

  it('asks for what is missing before it asks the server', async () => {
    const phone = await atLogin('empty');
    await phone.tap('登录');
    await phone.see('请输入用户名或邮箱');
    expect(phone.text).toContain('请输入密码');
    expect(phone.sent('POST /api/v1/auth/login')).toBe(0);
  });

  it('counts down after too many attempts, and lets nobody tap meanwhile', async () => {
    await app.test.client.post('/api/v1/auth/register', { username: 'Guessed01', password: PASSWORD });
    const phone = await atLogin('guesses');
    await phone.type('用户名或邮箱', 'Guessed01');
    await phone.type('密码', 'wrong');
    for (let guesses = 1; !phone.text.includes('尝试次数过多'); guesses++) {
      expect(guesses).toBeLessThan(50);
      await phone.tap('登录');
      await phone.see(/账号或密码错误|尝试次数过多/);
    }
    await phone.see('秒后可再试');
    expect(phone.isDisabled('秒后可再试')).toBe(true);
    const [, seconds] = /(\d+) 秒后可再试/.exec(phone.text) ?? [];
    await phone.see(`${Number(seconds) - 1} 秒后可再试`);
  });
});
