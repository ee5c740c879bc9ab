import { generateKeyPairSync } from 'node:crypto';
import { wechatApps } from './wechat-app.schema.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const app = { id: 'wx0123456789abcdef', secret: 'b3f2c1d0e9a8b7c6d5e4f3a2b1c0d9e8' };
const push = { token: 'Token123', encodingAesKey: 'a'.repeat(43), mode: 'encrypted', format: 'json' };
const signing = {
  symmetricKeySn: 'sn',
  symmetricKey: Buffer.alloc(32, 1).toString('base64'),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  platformCertificates: [{ serial: 'S', certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
};

const problems = (value: unknown) =>
  wechatApps.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('WECHAT_APPS', () => {
  it.each([
    ['one app', [app]],
    ['an app with everything', [{ ...app, name: '小程序', openPlatform: 'main', push, signing }]],
    ['plain push without an AES key', [{ ...app, push: { token: 'Token123', mode: 'plain', format: 'xml' } }]],
    ['two apps', [app, { ...app, id: 'wx0000000000000002' }]],
  ])('takes %s', (_what, apps) => {
    expect(problems(apps)).toEqual([]);
  });

  it.each([
    ['the same app twice', [app, app], /^: an AppID is there twice$/],
    ['no app', [], /^: /],
    ['a misspelt setting', [{ ...app, opnePlatform: 'x' }], /opnePlatform/],
    ['a short EncodingAESKey', [{ ...app, push: { ...push, encodingAesKey: 'short' } }], /^0.push.encodingAesKey: 43/],
    [
      'encrypted push without an EncodingAESKey',
      [{ ...app, push: { ...push, encodingAesKey: undefined } }],
      /^0.push.encodingAesKey: needed/,
    ],
    [
      'a symmetric key of 16 bytes',
      [{ ...app, signing: { ...signing, symmetricKey: Buffer.alloc(16).toString('base64') } }],
      /^0.signing.symmetricKey: must be base64 of 32 bytes$/,
    ],
    ['a private key that is none', [{ ...app, signing: { ...signing, privateKey: 'x' } }], /^0.signing.privateKey: /],
    [
      'a certificate that is none',
      [{ ...app, signing: { ...signing, platformCertificates: [{ serial: 'S', certificate: 'x' }] } }],
      /^0.signing.platformCertificates.0.certificate: /,
    ],
  ])('refuses %s, and says where', (_what, apps, problem) => {
    expect(problems(apps)).toEqual([expect.stringMatching(problem)]);
  });

  it('never quotes a value', () => {
    const broken = [
      { ...app, secret: 'tiny', push: { ...push, token: '!!hunter2!!' }, signing: { symmetricKey: 'k3y' } },
    ];

    expect(problems(broken).join()).not.toMatch(/tiny|hunter2|k3y/);
  });
});
