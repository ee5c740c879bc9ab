import { WechatReplyMalformed } from '../transport/wechat-replies.js';
import { readIdentity } from './wechat-identity.js';

const SUCCESS =
  '{"session_key":"IT7jqiSiKcaOkZjmU00000==","openid":"o52fN4vsICxqiZTdOzhd6Vol0000","unionid":"oqDIW5sx4oTQIBpeUJXcojuR0000"}';

describe('readIdentity', () => {
  const good = JSON.parse(SUCCESS) as Record<string, unknown>;

  it('reads who it is', () => {
    expect(readIdentity(good)).toEqual({
      openid: 'o52fN4vsICxqiZTdOzhd6Vol0000',
      unionid: 'oqDIW5sx4oTQIBpeUJXcojuR0000',
      sessionKey: 'IT7jqiSiKcaOkZjmU00000==',
    });
  });

  it('needs no unionid, takes none that cannot be one, and ignores what it does not know', () => {
    for (const unionid of [undefined, null, '', 7, {}, "x' OR 1=1", 'o'.repeat(65), '中文'])
      expect(readIdentity({ ...good, unionid, expires_in: 7200 }).unionid).toBeUndefined();
  });

  it.each([undefined, null, '', 0, true, {}, [], ['o52fN4'], 'o'.repeat(65), 'o 5', "o'", 'o\0', '中文', 'o\n'])(
    'refuses the openid %j',
    (openid) => expect(() => readIdentity({ ...good, openid })).toThrow(new WechatReplyMalformed('no openid')),
  );

  it.each([
    undefined,
    null,
    '',
    0,
    {},
    'short',
    'IT7jqiSiKcaOkZjmU00000',
    'IT7jqiSiKcaOkZjmU00000==\n',
    'IT7jqiSiKcaOkZjmU0000-==',
  ])('refuses the session_key %j, and does not repeat it', (key) =>
    expect(() => readIdentity({ ...good, session_key: key })).toThrow(new WechatReplyMalformed('no session key')),
  );
});
