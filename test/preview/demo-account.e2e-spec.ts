import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';
import type { PhoneInJsdom } from '../support/preview/phone-in-jsdom.js';

const PASSWORD = 'Blue-Kettle7';
const REAUTHENTICATE = 'POST /api/v1/auth/reauthenticate';

describe('the account page of the demo mini-program', () => {
  let app: PreviewedApp;

  beforeAll(async () => {
    app = await startPreviewedApp();
  });

  afterAll(() => app.close());

  async function userNumber(phone: PhoneInJsdom): Promise<string> {
    await phone.see(/用户编号 \d+/);
    return /用户编号 (\d+)/.exec(phone.text)![1]!;
  }

  /** Somebody who registered while WeChat was down, so that no account of WeChat's was made at launch. */
  async function registeredWithoutWechat(user: string, username: string): Promise<PhoneInJsdom> {
    await app.test.wechat.fault('http:502');
    const phone = await app.phone({ user });
    await phone.tap('用其他方式登录');
    await register(phone, username);
    await app.test.wechat.heal();
    app.test.clock.advance({ minutes: 1 });
    return phone;
  }

  async function registered(user: string, username: string): Promise<PhoneInJsdom> {
    const phone = await app.phone({ user });
    await phone.tap('退出登录');
    return register(phone, username);
  }

  async function register(phone: PhoneInJsdom, username: string): Promise<PhoneInJsdom> {
    await phone.tap('没有账号');
    await phone.type('用户名', username);
    await phone.type('密码', PASSWORD);
    await phone.tap('注册并登录');
    await phone.see(username);
    return phone;
  }

  it('gives a WeChat user a username, long after the silent login, and the same account by password', async () => {
    const phone = await app.phone({ user: 'chooses' });
    const number = await userNumber(phone);
    app.test.clock.advance({ minutes: 20 });
    await phone.tap('用户名和密码');
    await phone.type('用户名', 'Chooses01');
    await phone.type('密码', PASSWORD);
    await phone.tap('设置用户名和密码');
    await phone.see('Chooses01');
    expect(phone.sent(REAUTHENTICATE)).toBe(1);

    await phone.tap('返回');
    await phone.tap('退出登录');
    await phone.type('用户名或邮箱', 'chooses01');
    await phone.type('密码', PASSWORD);
    await phone.tap('登录');
    expect(await userNumber(phone)).toBe(number);
  });

  it('binds WeChat to a password account, after the password was typed again, and WeChat then opens it', async () => {
    const phone = await registeredWithoutWechat('binds', 'Binds01');
    const number = await userNumber(phone);
    app.test.clock.advance({ minutes: 20 });
    await phone.tap('用户名和密码');
    await phone.see('尚未绑定');
    await phone.tap('绑定微信');
    await phone.see('请输入登录密码');
    await phone.type('密码', PASSWORD);
    await phone.tap('确定');
    await phone.see('打开小程序即登录');

    await phone.tap('返回');
    await phone.tap('退出登录');
    await phone.tap('微信一键登录');
    expect(await userNumber(phone)).toBe(number);
  });

  it('says no to a WeChat account that belongs to somebody else', async () => {
    const owner = await app.phone({ user: 'owner' });
    await owner.see('用户编号');
    const phone = await registered('owner', 'NotOwner01');
    await phone.tap('用户名和密码');
    await phone.tap('绑定微信');
    await phone.see('该微信已绑定');
    expect(phone.text).toContain('尚未绑定');
  });

  it('asks for nothing more when the user does not type the password', async () => {
    const phone = await registered('hesitates', 'Hesitates01');
    app.test.clock.advance({ minutes: 20 });
    await phone.tap('用户名和密码');
    await phone.tap('绑定微信');
    await phone.tap('取消');
    await phone.see('请先再次验证身份');
    expect(phone.sent(REAUTHENTICATE)).toBe(0);
  });

  it('keeps a nickname', async () => {
    const phone = await app.phone({ user: 'named' });
    await phone.see('用户编号');
    await phone.type('昵称', '小明同学');
    await phone.see('已保存');
    const after = await app.phone({ user: 'named', kept: phone.kept });
    await after.until(() => after.valueOf('昵称') === '小明同学', 'the nickname');
  });
});
