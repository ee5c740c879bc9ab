import { auth } from '../../auth';
import { emptyForm, form, type Values } from '../../forms/form';
import { newPassword, optionalEmail, username } from '../../forms/rules';

Page({
  data: emptyForm(),
  ...form({ username, password: newPassword, email: optionalEmail }),

  onRegister() {
    return this.submit(async ({ username = '', password = '', email }: Values) => {
      await auth.register({ username, password, ...(email && { email }) });
      void wx.reLaunch({ url: '/pages/profile/profile' });
    });
  },
});
