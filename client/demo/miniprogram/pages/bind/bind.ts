import type { User } from '@wx-login/sdk';
import { bindWechat, loginWays, type LoginWays, setUsername } from '../../account';
import { auth } from '../../auth';
import { emptyForm, form, run, type Values } from '../../forms/form';
import { newPassword, username } from '../../forms/rules';

Page({
  data: { ...emptyForm(), user: {} as Partial<User>, ways: { wechat: [] } as Partial<LoginWays> },
  ...form({ username, password: newPassword }),

  onShow() {
    return run(this, () => this.load());
  },

  async load() {
    const [user, ways] = await Promise.all([auth.getUser(), loginWays()]);
    this.setData({ user, ways });
  },

  onWechat() {
    return run(this, () => this.bound(bindWechat()));
  },

  onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    return run(this, () => this.bound(auth.bindPhone(event)));
  },

  onUsername() {
    return this.submit(({ username = '', password = '' }: Values) => this.bound(setUsername({ username, password })));
  },

  async bound(work: Promise<unknown>) {
    await work;
    await this.load();
    void wx.showToast({ title: '已绑定' });
  },
});
