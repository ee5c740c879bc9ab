import { validate } from 'class-validator';
import { isText } from './is-text.js';
import { MaxLength } from './max-length.js';

describe('isText', () => {
  it.each(['', 'text', '密码', '📱', 'e\u0301', '\u202e\u200b\ufeff', '\u0001\n\t', '\ufffd'])('takes %j', (text) =>
    expect(isText(text)).toBe(true),
  );

  it.each([
    ['\0'],
    ['a\0b'],
    ['\ud800'],
    ['\udc00'],
    ['\udc00\ud800'],
    ['📱\ud83d'],
    [0],
    [null],
    [undefined],
    [['a']],
    [{}],
  ])('refuses %j', (value) => expect(isText(value)).toBe(false));
});

describe('MaxLength', () => {
  class Short {
    @MaxLength(4)
    text: unknown;
  }
  const isValid = async (text: unknown) => !(await validate(Object.assign(new Short(), { text }))).length;

  it.each(['', 'abcd', '密码密码', '📱📱📱📱', 'e\u0301e\u0301', 'a\ufe0fb\ufe0f'])('takes %j', async (text) =>
    expect(await isValid(text)).toBe(true),
  );

  it.each([
    'abcde',
    '📱📱📱📱📱',
    'a\ufe0fb\ufe0fc\ufe0f',
    'e\u0301e\u0301e',
    5,
    null,
    undefined,
    ['a'],
    { length: 1 },
  ])('refuses %j', async (value) => expect(await isValid(value)).toBe(false));
});
