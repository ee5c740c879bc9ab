import type { PhoneNews } from '../phone/report.js';
import type { Arrow } from '../server/arrow.js';
import type { Drawn } from './diagram.js';
import type { Explanation } from './explanation.js';

/** What the phone tells about itself, as the diagram draws it; pages that open are seen on the phone. */
export function newsOf({ about, at, text = '' }: PhoneNews): Drawn | undefined {
  switch (about) {
    case 'launch':
      return tap(at, 'launch', { zh: '打开小程序', en: 'opens the mini-program' }, LAUNCH);
    case 'tap':
      return tap(at, 'tap', { zh: `点「${text}」`, en: `taps ${text}` }, TAP);
    case 'privacy':
      return text === 'agree'
        ? tap(at, 'privacy', { zh: '同意隐私保护指引', en: 'agrees to the privacy guidelines' }, PRIVACY)
        : tap(at, 'privacy', { zh: '不同意隐私保护指引', en: 'refuses the privacy guidelines' }, PRIVACY);
    case 'tokens-saved':
      return { at, lane: 'phone', remark: { zh: '令牌存入本机', en: 'tokens kept on the phone' } };
    case 'tokens-dropped':
      return { at, lane: 'phone', remark: { zh: '清除令牌', en: 'tokens dropped' } };
    case 'clock':
      return { at, lane: 'phone', remark: { zh: `${minutes(text)} 分钟过去了`, en: `${minutes(text)} minutes later` } };
    case 'no-answer':
      return { at, lane: 'phone', bad: true, remark: { zh: '没等到答复', en: 'no answer came' } };
    case 'error':
      return { at, lane: 'phone', bad: true, remark: { zh: `出错：${text}`, en: `error: ${text}` } };
    case 'offline':
      return {
        at,
        arrow: arrowOf(at, { from: 'phone', to: 'server', kind: 'lost', about: text }),
        explanation: OFFLINE,
      };
    case 'page':
      return undefined;
  }
}

const minutes = (ms: string): number => Math.round(Number(ms) / 60_000);

const LAUNCH = {
  zh: '小程序启动：先看本机有没有令牌，没有就静默登录。',
  en: 'The mini-program starts: it looks for tokens on the phone, and logs in silently if there are none.',
};
const TAP = { zh: '用户的操作。', en: 'Something the user does.' };
const PRIVACY = {
  zh: '用到手机号、头像、昵称之前，微信要求先征得同意。',
  en: 'WeChat wants consent before a phone number, an avatar or a nickname is used.',
};
const OFFLINE: Explanation = {
  label: { zh: '断网，没发出去', en: 'offline, not sent' },
  why: {
    zh: '请求没有离开手机。令牌留着，恢复网络后继续用。',
    en: 'The request did not leave the phone. The tokens stay, for when the network is back.',
  },
};

function tap(at: number, about: string, label: Explanation['label'], why: Explanation['why']): Drawn {
  return { at, arrow: arrowOf(at, { from: 'user', to: 'phone', kind: 'request', about }), explanation: { label, why } };
}

function arrowOf(at: number, arrow: Pick<Arrow, 'from' | 'to' | 'kind' | 'about'>): Arrow {
  return { id: 0, at, details: {}, ...arrow };
}
