import { device } from '../device.js';
import { ask } from '../sheets.js';
import { phoneCode } from '../wx/login.js';
import { agreeButtonTapped, requirePrivacy } from '../wx/privacy.js';
import { WxError } from '../wx/answer.js';
import { avatarOf } from './avatars.js';

interface Outcome {
  readonly event: string;
  readonly detail: object;
}

/** What a tap on a button with this `open-type` does, and the event it ends in; `id` is the button's. */
export const openTypes: Readonly<Record<string, (id: string) => Promise<Outcome>>> = {
  getPhoneNumber: async () => ({ event: 'getphonenumber', detail: await phoneNumber() }),
  chooseAvatar: async () => ({ event: 'chooseavatar', detail: await avatar() }),
  agreePrivacyAuthorization: (id) => {
    agreeButtonTapped(id);
    return Promise.resolve({ event: 'agreeprivacyauthorization', detail: {} });
  },
};

async function phoneNumber(): Promise<object> {
  try {
    await requirePrivacy('button.getPhoneNumber');
    const choices = [
      { label: '允许', value: 'allow', primary: true },
      { label: '不允许', value: 'deny' },
    ];
    const note = '微信的窗口：号码由微信保管，小程序只得到一次性的 code';
    const choice = await ask({
      title: '申请获取并验证你的手机号',
      text: `${device.nickname}的微信绑定手机号`,
      note,
      choices,
    });
    if (choice !== 'allow') return { errMsg: 'getPhoneNumber:fail user deny' };
    return { errMsg: 'getPhoneNumber:ok', code: await phoneCode() };
  } catch (error) {
    return failure('getPhoneNumber', error);
  }
}

async function avatar(): Promise<object> {
  try {
    await requirePrivacy('button.chooseAvatar');
    const choices = [
      { label: '用微信头像', value: 'wechat', primary: true },
      { label: '取消', value: 'cancel' },
    ];
    const choice = await ask({ title: '选择头像', choices, dismissed: 'cancel' });
    if (choice === 'cancel') return { errMsg: 'chooseAvatar:fail cancel' };
    return { errMsg: 'chooseAvatar:ok', avatarUrl: avatarOf(device.nickname) };
  } catch (error) {
    return failure('chooseAvatar', error);
  }
}

function failure(name: string, error: unknown): object {
  const { errMsg, errno } = error instanceof WxError ? error : new WxError(String(error));
  return { errMsg: `${name}:fail ${errMsg}`, ...(errno && { errno }) };
}
