import fc from 'fast-check';
import { createCipheriv, randomBytes } from 'node:crypto';
import { decryptOpenData, type EncryptedOpenData } from './decrypt-open-data.js';
import { OpenDataProblem } from './open-data-problem.js';

const APP_ID = 'wx4f4bc4dec97d474b';
const OPENID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE';
const NOW = new Date('2026-11-20T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const expected = { appId: APP_ID, openid: OPENID, now: NOW };
const key = randomBytes(16);

const watermark = { appid: APP_ID, timestamp: SECONDS };

function encrypt(plaintext: string | Buffer, iv: Buffer = randomBytes(16)): EncryptedOpenData {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { encryptedData: data.toString('base64'), iv: iv.toString('base64'), sessionKey: key.toString('base64') };
}

const encryptObject = (value: object) => encrypt(JSON.stringify(value));

function reasonOf(encrypted: EncryptedOpenData, expectation = expected): string {
  try {
    decryptOpenData(encrypted, expectation);
  } catch (error) {
    if (error instanceof OpenDataProblem) return error.reason;
    throw error;
  }
  return 'none';
}

describe('decryptOpenData', () => {
  it('reads the example of WeChat’s documentation', () => {
    const data = decryptOpenData(
      {
        sessionKey: 'tiihtNczf5v6AKRyjwEUhQ==',
        iv: 'r7BXXKkLb8qrSNn05n0qiA==',
        encryptedData:
          'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==',
      },
      { appId: APP_ID, openid: OPENID, now: new Date(1_477_314_187_000) },
    );

    expect(data).toMatchObject({ nickName: 'Band', openId: OPENID, watermark: { appid: APP_ID } });
  });

  it('gives back every object that WeChat could have encrypted', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (fields) => {
        const value = JSON.parse(JSON.stringify({ ...fields, openId: OPENID, watermark })) as object;
        expect(decryptOpenData(encryptObject(value), expected)).toEqual(value);
      }),
    );
  });

  it('answers any other bytes with a problem, and never with data', () => {
    const base64 = fc.uint8Array({ minLength: 0, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64'));
    fc.assert(
      fc.property(base64, base64, (encryptedData, iv) => {
        expect(reasonOf({ encryptedData, iv, sessionKey: key.toString('base64') })).not.toBe('none');
      }),
    );
  });

  it('says that a plus was turned into a space on the way', () => {
    const encrypted = encryptObject({ watermark });
    expect(reasonOf({ ...encrypted, encryptedData: `${encrypted.encryptedData.slice(0, 10)} ` })).toBe(
      'space_in_base64',
    );
    expect(reasonOf({ ...encrypted, iv: ` ${encrypted.iv.slice(1)}` })).toBe('space_in_base64');
  });

  it.each(['not base64!', 'YQ', 'YR==', '_-_-', 'YWJj\n'])('refuses %p as base64', (iv) => {
    expect(reasonOf({ ...encryptObject({ watermark }), iv })).toMatch(/not_base64|space_in_base64/);
  });

  it('refuses what is not made of whole blocks', () => {
    const encrypted = encryptObject({ watermark });
    expect(reasonOf({ ...encrypted, iv: 'YWJj' })).toBe('wrong_length');
    expect(reasonOf({ ...encrypted, encryptedData: '' })).toBe('wrong_length');
    expect(reasonOf({ ...encrypted, encryptedData: 'YWJj' })).toBe('wrong_length');
  });

  it('suspects the key when the padding is wrong', () => {
    const other = { ...encryptObject({ watermark }), sessionKey: randomBytes(16).toString('base64') };
    try {
      decryptOpenData(other, expected);
      throw new Error('was decrypted with another key');
    } catch (error) {
      expect(error).toBeInstanceOf(OpenDataProblem);
      expect((error as OpenDataProblem).mayBeWrongKey).toBe(true);
    }
  });

  it.each([
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x41]), 'not_utf8'],
    ['no JSON', 'hello', 'not_json'],
    ['an array', '[]', 'not_json'],
    ['null', 'null', 'not_json'],
    ['no watermark', '{}', 'no_watermark'],
    ['a watermark without time', JSON.stringify({ watermark: { appid: APP_ID } }), 'no_watermark'],
    ['another app', JSON.stringify({ watermark: { ...watermark, appid: 'wx0000000000000009' } }), 'another_app'],
    ['another user', JSON.stringify({ openId: 'oSomebodyElse', watermark }), 'another_user'],
  ])('refuses %s', (_, plaintext, reason) => {
    expect(reasonOf(encrypt(plaintext))).toBe(reason);
  });

  it('takes data of the last ten minutes only', () => {
    const at = (seconds: number) => encryptObject({ watermark: { ...watermark, timestamp: SECONDS + seconds } });
    expect([-601, -599, 0, 119, 121].map((seconds) => reasonOf(at(seconds)))).toEqual([
      'too_old',
      'none',
      'none',
      'none',
      'from_the_future',
    ]);
  });

  it('notices an openid that was changed through the iv', () => {
    const { iv, ...encrypted } = encrypt(JSON.stringify({ openId: OPENID, watermark }), Buffer.alloc(16));
    const forged = Buffer.from(iv, 'base64');
    forged[13]! ^= 1; // a letter of the openid, in the first block
    expect(reasonOf({ ...encrypted, iv: forged.toString('base64') })).toBe('another_user');
  });
});
