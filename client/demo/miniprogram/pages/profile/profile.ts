import type { User } from '@wx-login/sdk';
import { saveNickname } from '../../account';
import { auth } from '../../auth';
import { emptyForm, run } from '../../forms/form';
import { keptAvatar, keepAvatar } from './avatar';

Page({
  data: { ...emptyForm(), user: {} as Partial<User>, avatar: '' },

  /** 首页：请求会等静默登录完成；主动退出过的人由 run 送去登录页。 */
  onShow() {
    return run(this, async () => {
      const user = await auth.getUser();
      this.setData({ user, avatar: keptAvatar(user.id) });
    });
  },

  onAvatar({ detail }: AvatarEvent) {
    const { id } = this.data.user;
    if (!id || !detail.avatarUrl) return;
    keepAvatar(id, detail.avatarUrl);
    this.setData({ avatar: detail.avatarUrl });
  },

  onNickname({ detail }: WechatMiniprogram.InputBlur) {
    const nickname = detail.value.trim();
    if (!nickname || nickname === this.data.user.nickname) return;
    return run(this, async () => {
      this.setData({ user: await saveNickname(nickname) });
      void wx.showToast({ title: '已保存' });
    });
  },

  onBind() {
    void wx.navigateTo({ url: '/pages/bind/bind' });
  },

  onDevices() {
    void wx.navigateTo({ url: '/pages/devices/devices' });
  },

  onOtherWay() {
    void wx.reLaunch({ url: '/pages/login/login' });
  },

  onLogout() {
    return run(this, async () => {
      await auth.logout();
      this.onOtherWay();
    });
  },
});
