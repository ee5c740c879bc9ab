import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';

describe('what is private in the demo mini-program', () => {
  let app: PreviewedApp;

  beforeAll(async () => {
    app = await startPreviewedApp();
  });

  afterAll(() => app.close());

  it('asks for consent first, then lets WeChat ask for the number, and shows it masked', async () => {
    const phone = await app.phone({ user: 'agrees' });
    await phone.tap('手机号');
    await phone.tap('绑定手机号');
    await phone.see('隐私保护提示');
    await phone.tap('同意并继续');
    await phone.see('申请获取并验证你的手机号');
    await phone.tap('允许');
    await phone.see('****');
    expect(phone.sent('POST /api/v1/users/me/phone')).toBe(1);
  });

  it('asks once: after a yes the next button goes straight on', async () => {
    const phone = await app.phone({ user: 'once' });
    await phone.tap('更换头像');
    await phone.tap('同意并继续');
    await phone.see('选择头像');
    await phone.tap('取消');
    await phone.tap('更换头像');
    await phone.see('选择头像');
    expect(phone.text).not.toContain('隐私保护提示');
  });

  it('sends nothing after a no to the guidelines, and says why', async () => {
    const phone = await app.phone({ user: 'refuses' });
    await phone.tap('手机号');
    await phone.tap('绑定手机号');
    await phone.tap('暂不同意');
    await phone.see('隐私');
    expect(phone.sent('POST /wechat/phone')).toBe(0);
    expect(phone.sent('POST /api/v1/users/me/phone')).toBe(0);
  });

  it('sends nothing after a no to WeChat', async () => {
    const phone = await app.phone({ user: 'denies' });
    await phone.tap('手机号');
    await phone.tap('绑定手机号');
    await phone.tap('同意并继续');
    await phone.tap('不允许');
    await phone.until(() => phone.text.includes('手机号') && !phone.text.includes('申请获取'), 'the window to close');
    expect(phone.sent('POST /api/v1/users/me/phone')).toBe(0);
  });

  it('logs in with the phone number in one tap, to the account that has it', async () => {
    const first = await app.phone({ user: 'onetap' });
    await first.tap('手机号');
    await first.tap('绑定手机号');
    await first.tap('同意并继续');
    await first.tap('允许');
    await first.see('****');
    await first.tap('返回');
    await first.tap('退出登录');
    await first.tap('手机号快捷登录');
    await first.tap('允许');
    await first.see('用户编号');
    expect(first.sent('POST /api/v1/auth/phone')).toBe(1);
    expect(first.text).toContain('****');
  });
});
