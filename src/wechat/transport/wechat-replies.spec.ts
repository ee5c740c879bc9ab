import { readReply as readAnswer, WechatErrcode, WechatReplyMalformed } from './wechat-replies.js';

const readReply = (status: number, body: string) => readAnswer({ status, body, header: () => undefined });

// As WeChat's pages show them and developers report them.
const SUCCESS =
  '{"session_key":"IT7jqiSiKcaOkZjmU00000==","openid":"o52fN4vsICxqiZTdOzhd6Vol0000","unionid":"oqDIW5sx4oTQIBpeUJXcojuR0000"}';
const INVALID_CODE = '{"errcode":40029,"errmsg":"invalid code, hints: [ req_id: N37KMa0605th21 ]"}';
const USED_CODE = '{"errcode":40163,"errmsg":"code been used, hints: [ req_id: AijFoqaLRa-pTFm4 ]"}';
const QUOTA = '{"errcode":45011,"errmsg":"api minute-quota reach limit  mustslower  retry next minute"}';
const WITH_RID = '{"errcode":40125,"errmsg":"invalid appsecret, rid: 62c66213-76542f8c-06b14179"}';
const WHITELIST =
  '{"errcode":40164,"errmsg":"invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 62c66213-76542f8c-06b14179"}';

function errcodeIn(body: string, status = 200): WechatErrcode {
  try {
    readReply(status, body);
  } catch (error) {
    if (error instanceof WechatErrcode) return error;
    throw error;
  }
  throw new Error('read as a success');
}

describe('readReply', () => {
  it('reads a success, which has no errcode at all', () => {
    expect(readReply(200, SUCCESS)).toEqual(JSON.parse(SUCCESS));
  });

  it('reads an errcode of 0 as a success, as a number and as a text', () => {
    for (const body of ['{"errcode":0,"errmsg":"ok"}', '{"errcode":"0"}', '{"errcode":null}'])
      expect(() => readReply(200, body)).not.toThrow();
  });

  it.each([
    [INVALID_CODE, 40029, 'N37KMa0605th21'],
    [USED_CODE, 40163, 'AijFoqaLRa-pTFm4'],
    [QUOTA, 45011, undefined],
    [WITH_RID, 40125, '62c66213-76542f8c-06b14179'],
    ['{"errcode":"40029","errmsg":"invalid code"}', 40029, undefined],
    ['{"errcode":-1,"errmsg":"system error"}', -1, undefined],
    ['{"errcode":40029}', 40029, undefined],
    ['{"errcode":40029,"errmsg":{"a":1}}', 40029, undefined],
    ['{"errcode":"many"}', -1, undefined],
    ['{"errcode":{}}', -1, undefined],
    ['{"errcode":true}', 1, undefined],
  ])('reads the errcode and the trace id of %s', (body, errcode, rid) => {
    expect(errcodeIn(body)).toMatchObject({ errcode, rid, serverAddress: undefined });
  });

  it('finds the address for the whitelist, in IPv4 and IPv6', () => {
    expect(errcodeIn(WHITELIST)).toMatchObject({ serverAddress: '203.0.113.9', rid: '62c66213-76542f8c-06b14179' });
    const ipv6 = '{"errcode":40164,"errmsg":"invalid ip 240e:3b7::9 ipv6 240e:3b7::9, not in whitelist"}';
    expect(errcodeIn(ipv6).serverAddress).toBe('240e:3b7::9');
  });

  it('keeps nothing of an errmsg but what may be logged', () => {
    const error = errcodeIn('{"errcode":40029,"errmsg":"invalid code hunter2-code, rid: 62c66213-76542f8c-06b14179"}');

    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('hunter2');
  });

  it.each([301, 302, 400, 404, 429, 500, 502, 503, 199, 0])('goes by no body under HTTP %i', (status) => {
    expect(() => readReply(status, SUCCESS)).toThrow(new WechatReplyMalformed(`HTTP ${status}`, status));
  });

  it.each(['', ' ', '\r\n'])('calls %j empty', (body) => {
    expect(() => readReply(200, body)).toThrow(new WechatReplyMalformed('empty'));
  });

  it.each([
    SUCCESS.slice(0, 60),
    '<html></html>',
    '[]',
    '"ok"',
    'null',
    '0',
    'true',
    `${SUCCESS}x`,
    `/**/cb(${SUCCESS})`,
  ])('takes no other text for an answer, and does not repeat it: %s', (body) =>
    expect(() => readReply(200, body)).toThrow(new WechatReplyMalformed('not a JSON object')),
  );
});
