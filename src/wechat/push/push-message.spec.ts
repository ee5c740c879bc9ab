import { readFields } from './push-fields.js';
import { readMessage } from './push-message.js';

const appId = 'wx0000000000000001';
const read = (format: 'json' | 'xml', text: string) =>
  readMessage(readFields(format, text), { appId, text, signature: 's' });

describe('readFields', () => {
  it.each([
    ['json', '{" ToUserName": "gh_1", "OPENID ": "o1"}'],
    ['xml', '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><OpenID>o1</OpenID></xml>'],
    ['xml', '<?xml version="1.0"?>\n<xml>\n  <tousername>gh_1</tousername>\n  <openid>o1</openid>\n</xml>'],
  ] as const)('knows the fields however WeChat spells them: %s %s', (format, text) => {
    expect(Object.fromEntries(readFields(format, text))).toEqual({ tousername: 'gh_1', openid: 'o1' });
  });

  it('expands no entity', () => {
    expect(readFields('xml', '<xml><A>&lt;&#65;&x;</A></xml>').get('a')).toBe('&lt;&#65;&x;');
  });

  it.each([
    ['json', ''],
    ['json', '[]'],
    ['json', '"text"'],
    ['json', 'null'],
    ['json', '{"a":'],
    ['json', '<xml><A>1</A></xml>'],
    ['xml', ''],
    ['xml', '{"a":1}'],
    ['xml', '<xml><A>1</xml>'],
    ['xml', '<root><A>1</A></root>'],
    ['xml', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['xml', '<!doctype xml><xml><A>1</A></xml>'],
    ['xml', '<xml><__proto__>1</__proto__></xml>'],
    ['xml', `<xml>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</xml>`],
  ] as const)('refuses as %s: %s', (format, text) => {
    expect(() => readFields(format, text)).toThrow('request.invalid');
  });
});

describe('readMessage', () => {
  const event = { OpenID: 'o1', Event: 'user_authorization_revoke', CreateTime: 1, RevokeInfo: '8' };
  const identity = (fields: object) => read('json', JSON.stringify({ ...event, ...fields })).identity.toString('hex');

  it.each([
    ['8', [8]],
    [8, [8]],
    ['6,8', [6, 8]],
    ['20;19', [19, 20]],
    [
      ['6', 16],
      [6, 16],
    ],
    [[{ code: 8 }], [8]],
    ['', []],
    [null, []],
  ])('reads RevokeInfo %j', (RevokeInfo, revoked) => {
    expect(read('json', JSON.stringify({ ...event, RevokeInfo }))).toMatchObject({ revoked });
  });

  it('reads a list of XML elements', () => {
    const text = '<xml><Event>x</Event><RevokeInfo>6</RevokeInfo><RevokeInfo>8</RevokeInfo></xml>';
    expect(read('xml', text)).toMatchObject({ event: 'x', revoked: [6, 8] });
  });

  it('never takes FromUserName for the subject', () => {
    expect(read('json', '{"FromUserName":"o2","Event":"user_info_modified"}').openid).toBeNull();
  });

  it.each(['a b', '', 'x'.repeat(65), null, { a: 1 }, [1]])('does not take %j for a name', (value) => {
    const fields = { Event: value, OpenID: value };
    expect(read('json', JSON.stringify(fields))).toMatchObject({ event: null, openid: null });
  });

  it('takes the same message for the same, however it is written', () => {
    expect(identity({ debug: 1, CreateTime: '1' })).toBe(identity({}));
  });

  it.each([{ CreateTime: 2 }, { OpenID: 'o2' }, { Event: 'user_info_modified' }, { RevokeInfo: '6' }, { MsgId: '9' }])(
    'takes a message with %j for another one',
    (fields) => expect(identity(fields)).not.toBe(identity({})),
  );

  it('tells messages apart whose MsgId is too long for a JSON number', () => {
    expect(identity({ MsgId: '23637352235060881' })).not.toBe(identity({ MsgId: '23637352235060880' }));
  });
});
