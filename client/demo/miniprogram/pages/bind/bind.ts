import type { User } from '@wx-login/sdk';
import { auth } from '../../auth';
import { emptyForm, form, run, type Values } from '../../forms/form';
import { newPassword, username } from '../../forms/rules';

Page({
  data: { ...emptyForm(), user: {} as Partial<User> },
  ...form({ username, password: newPassword }),

  onShow() {
    return run(this, () => this.load());
  },

  async load() {
    this.setData({ user: await auth.getUser() });
  },

  onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    return run(this, async () => {
      await auth.bindPhone(event);
      await this.load();
      void wx.showToast({ title: '已绑定' });
    });
  },

  onUsername() {
    return this.submit(async ({ username, password }: Values) => {
      await auth.request('/api/v1/users/me/username', { method: 'POST', data: { username, password } });
      await this.load();
      void wx.showToast({ title: '已设置' });
    });
  },
});
