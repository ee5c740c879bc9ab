import fc from 'fast-check';
import { createCipheriv, randomBytes } from 'node:crypto';
import { decryptPush } from './push-cipher.js';
import { requireSignature } from './push-signature.js';

// WeChat's own example of encrypted mode.
const OFFICIAL = {
  appId: 'wxba5fad812f8e6fb9',
  key: Buffer.from(`${'A'.repeat(43)}=`, 'base64'),
  query: { timestamp: '1714112445', nonce: '415670741', msg_signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3' },
  encrypt: [
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv',
    '6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNq',
    'J4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  ].join(''),
};

const key = randomBytes(32);
const appId = 'wx0000000000000001';

function encryptBytes(plaintext: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64');
}

function pad(bytes: Buffer): Buffer {
  const count = 32 - (bytes.length % 32);
  return Buffer.concat([bytes, Buffer.alloc(count, count)]);
}

function layOut(message: Buffer | string, { length = Buffer.byteLength(message), of = appId } = {}): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  return Buffer.concat([randomBytes(16), size, Buffer.from(message), Buffer.from(of)]);
}

describe('decryptPush', () => {
  it("reads WeChat's own example, whose signature is right", () => {
    const { query, encrypt } = OFFICIAL;
    requireSignature(query.msg_signature, ['AAAAA', query.timestamp, query.nonce, encrypt]);
    expect(JSON.parse(decryptPush(encrypt, OFFICIAL.key, OFFICIAL.appId))).toEqual({
      ToUserName: 'gh_97417a04a28d',
      FromUserName: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
      CreateTime: 1714112445,
      MsgType: 'event',
      Event: 'debug_demo',
      debug_str: 'hello world',
    });
  });

  it("refuses WeChat's example for another app", () => {
    expect(() => decryptPush(OFFICIAL.encrypt, OFFICIAL.key, appId)).toThrow('another app id');
  });

  it('gives back every text of every length', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(fc.property(anything, (text) => decryptPush(encryptBytes(pad(layOut(text))), key, appId) === text));
  });

  it.each([
    ['cut-off base64', () => encryptBytes(pad(layOut('{}'))).slice(0, -3)],
    ['base64 whose "+" became a space', () => `${encryptBytes(pad(layOut('{}'))).slice(0, -5)} AAA=`],
    ['nothing', () => ''],
    [
      'a ciphertext that lacks a block',
      () =>
        Buffer.from(encryptBytes(pad(layOut('{}'))), 'base64')
          .subarray(16)
          .toString('base64'),
    ],
    ['a padding of 0', () => encryptBytes(Buffer.concat([layOut('x'.repeat(25)), Buffer.alloc(1)]))],
    ['a padding of 33', () => encryptBytes(Buffer.alloc(64, 33))],
    [
      'a padding that is not all the same',
      () => encryptBytes(Buffer.concat([layOut('x'.repeat(24)), Buffer.from([1, 2])])),
    ],
    ['a length beyond the end', () => encryptBytes(pad(layOut('{}', { length: 4_000_000_000 })))],
    ['a length that takes the app id in', () => encryptBytes(pad(layOut('{}', { length: 4 })))],
    ['another app id', () => encryptBytes(pad(layOut('{}', { of: 'wx0000000000000002' })))],
    ['no app id', () => encryptBytes(pad(layOut('{}', { of: '' })))],
    ['less than a head', () => encryptBytes(pad(randomBytes(10)))],
    ['bytes that are not UTF-8', () => encryptBytes(pad(layOut(Buffer.from([0xc3, 0x28]))))],
  ])('refuses %s', (_, encrypt) => {
    expect(() => decryptPush(encrypt(), key, appId)).toThrow('The push was refused');
  });

  it('refuses anything at all without failing in another way', () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 160 });
    fc.assert(
      fc.property(bytes, (given) => {
        expect(() => decryptPush(Buffer.from(given).toString('base64'), key, appId)).toThrow('The push was refused');
      }),
    );
  });
});
