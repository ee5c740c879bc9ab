import { device, phoneName } from '../device.js';
import { answer, WxError } from './answer.js';
import { network } from './network.js';

/** What WeChat itself does on the phone, asked of the simulator through the preview server. */
async function askWechat(what: 'login' | 'phone'): Promise<string> {
  if (network.isOffline) throw new WxError('network is disconnected');
  const response = await fetch(`/wechat/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-preview-phone': phoneName },
    body: JSON.stringify({ user: device.user }),
  });
  if (!response.ok) throw new WxError(`system error ${response.status}`);
  return ((await response.json()) as { code: string }).code;
}

/** The code of a phone number button, once the person has allowed it. */
export function phoneCode(): Promise<string> {
  return askWechat('phone');
}

export const loginApi = {
  login: (option?: WechatMiniprogram.LoginOption) =>
    answer(
      'login',
      option,
      askWechat('login').then((code) => ({ code })),
    ),
  checkSession: (option?: WechatMiniprogram.CheckSessionOption) => answer('checkSession', option, {}),
  getAccountInfoSync: () => ({
    miniProgram: { appId: 'wx0000000000000001', envVersion: 'develop' as const, version: '' },
    plugin: { appId: '', version: '' },
  }),
};
