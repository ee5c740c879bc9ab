import { nameOfBrowser } from '../src/api/this-device.js';
import { en } from '../src/i18n/en.js';
import { relativeTime } from '../src/i18n/moments.js';
import { signedInEn } from '../src/i18n/signed-in-en.js';
import { signedInZh } from '../src/i18n/signed-in-zh.js';
import { zh } from '../src/i18n/zh.js';

/** Each text with the way to it. */
function flat(texts: object, at = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, string | object]) =>
    typeof value === 'string' ? [[at + key, value] as [string, string]] : flat(value, `${at}${key}/`),
  );
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe.each([
  ['the first pages', zh, en],
  ['the pages behind the login', signedInZh, signedInEn],
])('the texts of %s', (_, chinese, english) => {
  it('are there in both languages, with the same placeholders', () => {
    const [a, b] = [new Map(flat(chinese)), new Map(flat(english))];

    expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
    for (const [key, text] of a) expect([key, placeholders(b.get(key)!)]).toEqual([key, placeholders(text)]);
  });

  it('have no Chinese in the English ones, and none that is empty', () => {
    expect(flat(english).filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
    expect([...flat(chinese), ...flat(english)].filter(([, text]) => !text.trim())).toEqual([]);
  });
});

describe('relativeTime', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');

  it.each([
    ['2026-11-28T11:59:30Z', '刚刚', 'just now'],
    ['2026-11-28T11:57:00Z', '3分钟前', '3 minutes ago'],
    ['2026-11-28T07:10:00Z', '4小时前', '4 hours ago'],
    ['2026-11-26T12:00:00Z', '前天', '2 days ago'],
    ['2026-12-01T12:00:00Z', '3天后', 'in 3 days'],
  ])('says of %s', (iso, zhText, enText) => {
    expect(relativeTime(iso, { language: 'zh', now })).toBe(zhText);
    expect(relativeTime(iso, { language: 'en', now })).toBe(enText);
  });
});

describe('nameOfBrowser', () => {
  const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome · Windows'],
    [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edge · Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 'Safari · Mac'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
    [`Mozilla/5.0 (Linux; Android 14; 23127PN0CC) ${WEBKIT} Chrome/140 MicroMessenger/8.0.50`, 'WeChat · Android'],
    ['curl/8', 'Browser'],
  ])('knows %s', (userAgent, name) => expect(nameOfBrowser(userAgent)).toBe(name));
});
