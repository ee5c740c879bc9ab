import { auth } from '../../auth';
import { emptyForm, form, run, type Values } from '../../forms/form';
import { required } from '../../forms/rules';

const home = () => wx.reLaunch({ url: '/pages/profile/profile' });

Page({
  data: emptyForm(),
  ...form({ username: required('用户名或邮箱'), password: required('密码') }),

  /** 从别的页面带来的原因，例如“登录已结束”。Why one was sent here. */
  onLoad({ reason }: { reason?: string }) {
    if (reason) this.setData({ notice: decodeURIComponent(reason) });
  },

  onWechat() {
    return run(this, () => auth.loginWithWechat().then(home));
  },

  onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    return run(this, () => auth.loginWithPhone(event).then(home));
  },

  onPassword() {
    return this.submit(({ username = '', password = '' }: Values) =>
      auth.loginWithPassword({ username, password }).then(home),
    );
  },

  onRegister() {
    void wx.navigateTo({ url: '/pages/register/register' });
  },
});
