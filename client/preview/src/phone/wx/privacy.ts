import { drawer } from '../device.js';
import { report } from '../report.js';
import { ask } from '../sheets.js';
import { answer, WxError } from './answer.js';

const AGREED = `${drawer}privacy-agreed`;
const NOT_AUTHORIZED = 104;
const CONTRACT = '《小程序用户隐私保护指引》';

interface Decision {
  event: 'exposureAuthorization' | 'agree' | 'disagree';
  /** Of the button that was tapped to agree. */
  buttonId?: string;
}

/** As WeChat documents it; its typings have this one wrong. */
type Listener = (resolve: (decision: Decision) => void, eventInfo: { referrer: string }) => void;

let listener: Listener | undefined;
let tappedAgreeButton: string | undefined;

/** WeChat takes the word of a real tap on a button with `open-type="agreePrivacyAuthorization"`, and of nothing else. */
export function agreeButtonTapped(id: string): void {
  tappedAgreeButton = id;
}

/** Asked before anything private: the phone number, the avatar, the nickname. Fails with errno 104 after a no. */
export async function requirePrivacy(referrer: string): Promise<void> {
  if (localStorage.getItem(AGREED)) return;
  if (await (listener ? askTheMiniProgram(listener, referrer) : askByOurselves())) {
    localStorage.setItem(AGREED, 'yes');
    return report('privacy', 'agree');
  }
  report('privacy', 'disagree');
  throw new WxError('privacy permission is not authorized', NOT_AUTHORIZED);
}

function askTheMiniProgram(asked: Listener, referrer: string): Promise<boolean> {
  return new Promise((resolve) => {
    const decide = ({ event, buttonId }: Decision) => {
      if (event === 'disagree') resolve(false);
      if (event === 'agree') resolve(buttonId !== undefined && buttonId === tappedAgreeButton);
    };
    asked(decide, { referrer });
  });
}

/** The window WeChat shows where the mini-program has none of its own. */
async function askByOurselves(): Promise<boolean> {
  const choices = [
    { label: '同意', value: 'agree', primary: true },
    { label: '拒绝', value: 'disagree' },
  ];
  return (await ask({ title: '用户隐私保护提示', text: `使用前请阅读并同意${CONTRACT}`, choices })) === 'agree';
}

/** As after deleting the mini-program. */
export function forgetPrivacy(): void {
  localStorage.removeItem(AGREED);
}

export const privacyApi = {
  onNeedPrivacyAuthorization: (added: unknown) => void (listener = added as Listener),
  getPrivacySetting: (option?: WechatMiniprogram.GetPrivacySettingOption) =>
    answer('getPrivacySetting', option, {
      needAuthorization: !localStorage.getItem(AGREED),
      privacyContractName: CONTRACT,
    }),
  requirePrivacyAuthorize: (option?: WechatMiniprogram.RequirePrivacyAuthorizeOption) =>
    answer(
      'requirePrivacyAuthorize',
      option,
      requirePrivacy('requirePrivacyAuthorize').then(() => ({})),
    ),
  openPrivacyContract: (option?: WechatMiniprogram.OpenPrivacyContractOption) =>
    answer('openPrivacyContract', option, {}),
};
