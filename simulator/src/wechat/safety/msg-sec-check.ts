import { randomUUID } from 'node:crypto';
import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { postedFields, textOf, type PostedFields } from '../posted-fields.js';
import { activeAccount } from './active-account.js';

const MAX_CHARACTERS = 2500;
const SCENES: readonly unknown[] = [1, 2, 3, 4];
const JUDGED = ['content', 'title', 'nickname', 'signature'];

const HARMLESS = { suggest: 'pass', label: 100 };
const VERDICTS = [
  { words: /风险|risky/i, suggest: 'risky', label: 21000 },
  { words: /待审|review/i, suggest: 'review', label: 21000 },
  { words: /^/, ...HARMLESS },
];

/** Finds a text risky when it says 风险 or "risky", and unsure when it says 待审 or "review". */
export const msgSecCheck = tokenEndpoint({
  method: 'POST',
  path: '/wxa/msg_sec_check',
  answer(call) {
    const fields = postedFields(call.body);
    const content = textOf(fields, 'content');
    if (Number(fields.version) !== 2 || !content || content.length > MAX_CHARACTERS) throw new WechatError(40097);
    if (!SCENES.includes(fields.scene)) throw new WechatError(40129);
    activeAccount(call, textOf(fields, 'openid'));
    const result = judge(fields);
    const detail = [{ strategy: 'content_model', errcode: 0, ...result, prob: 90 }];
    return ok({ result, detail, trace_id: randomUUID() });
  },
});

function judge(fields: PostedFields): { suggest: string; label: number } {
  const text = JUDGED.map((name) => textOf(fields, name) ?? '').join('\n');
  const { suggest, label } = VERDICTS.find(({ words }) => words.test(text)) ?? HARMLESS;
  return { suggest, label };
}
