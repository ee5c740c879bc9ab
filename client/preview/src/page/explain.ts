import type { Arrow } from '../server/arrow.js';
import { ANSWERS, REFUSALS, WECHAT_ANSWERS } from './answers.js';
import type { Explanation } from './explanation.js';
import type { Text } from './language.js';
import { REQUESTS } from './requests.js';

const same = (text: string): Text => ({ zh: text, en: text });

const LOST: Explanation = {
  label: { zh: '答复在路上丢了', en: 'The answer got lost' },
  why: {
    zh: '服务端已经完成了这次请求，但答复没有到达。客户端不知道，只能再问一次。',
    en: 'The server has done its part, but the answer never arrived. The client cannot know, and has to ask again.',
  },
};

const SILENCE: Explanation = {
  label: { zh: '没有答复', en: 'No answer' },
  why: { zh: '微信没有给出任何答复。', en: 'WeChat gave no answer at all.' },
};

/** Looks an arrow up; what has no text of its own is shown by its name. */
export function explain(arrow: Arrow): Explanation {
  const about = generalized(arrow.about);
  if (arrow.kind === 'request') return REQUESTS[about] ?? plain(arrow.about);
  if (arrow.kind === 'lost') return arrow.from === 'wechat' ? SILENCE : LOST;
  if (arrow.from === 'wechat') return wechatAnswer(arrow, about);
  return refusal(arrow) ?? ANSWERS[about] ?? plain(`${arrow.status ?? ''}`);
}

/** `DELETE /api/v1/sessions/0198…` is explained once for all sessions. */
function generalized(about: string): string {
  return about.replace(/\/[0-9a-f-]{36}(?=\/|$)/, '/:id');
}

function wechatAnswer(arrow: Arrow, about: string): Explanation {
  if (!arrow.status && !arrow.details.fault) return WECHAT_ANSWERS[about] ?? plain('ok');
  const said = arrow.status ? `errcode ${arrow.status}` : `HTTP ${String(arrow.details.httpStatus ?? '—')}`;
  return {
    label: { zh: `失败：${said}`, en: `Failed: ${said}` },
    why: {
      zh: '微信这一侧出了问题，或者拒绝了这次请求。',
      en: 'Something is wrong at WeChat, or it refuses the request.',
    },
  };
}

function refusal({ status, code }: Arrow): Explanation | undefined {
  if (!status || status < 400) return undefined;
  const known = code ? REFUSALS[code] : undefined;
  if (!known)
    return {
      label: { zh: '拒绝', en: 'refused' },
      why: { zh: '服务端拒绝了这次请求。', en: 'The server refuses the request.' },
    };
  return known;
}

function plain(name: string): Explanation {
  return { label: same(name), why: { zh: '一次普通的请求。', en: 'An ordinary request.' } };
}
