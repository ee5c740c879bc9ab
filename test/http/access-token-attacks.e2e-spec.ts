import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { JwksDto } from '../../src/auth/keys/jwks.dto.js';
import { es256, type Forgery, Forger, hmac, unsigned } from '../support/forged-tokens.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const mallory = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const malloryJwk = mallory.publicKey.export({ format: 'jwk' });

describe('GET /api/v1/users/me', () => {
  let test: TestApp;
  let forger: Forger;
  let genuine: string;
  beforeAll(async () => {
    test = await startTestApp();
    genuine = (await loginWithWechat(test, 'alice')).body.accessToken;
    forger = await Forger.start(test, genuine);
  });
  afterAll(() => test?.close());

  const me = (token: string) => test.client.get<unknown>('/api/v1/users/me', { token });
  const expectInvalid = async (token: string) => {
    const answer = await me(token);
    expectProblem(answer, 401, 'auth.access_token_invalid');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  };
  const publicJwk = async () => (await test.client.get<JwksDto>('/.well-known/jwks.json')).body.keys[0]!;

  it('lets in a token that is forged in nothing', async () => {
    expect((await me(forger.write({}))).status).toBe(200);
  });

  it.each(['none', 'None', 'NONE', 'nOnE', '', undefined, null, 0, ['ES256'], { ES256: true }, 'es256'])(
    'refuses a token whose algorithm is %p, signed or not',
    async (alg) => {
      await expectInvalid(forger.write({ header: { alg } }));
      await expectInvalid(forger.write({ header: { alg }, signature: () => Buffer.from('x') }));
      expect((await me(forger.write({ header: { alg }, signature: unsigned }))).status).toBe(401);
    },
  );

  it('refuses a token without its signature, or with that of another token', async () => {
    const [header, claims] = genuine.split('.');
    const other = forger.write({ claims: { sub: '1', role: 'admin' } }).split('.')[2];

    for (const token of [
      `${header}.${claims}.`,
      `${header}.${claims}`,
      `${header}.${claims}.${other}`,
      `${header}..${other}`,
    ])
      await expectInvalid(token);
  });

  it('refuses a token with one bit changed anywhere', async () => {
    for (const part of [0, 1, 2]) {
      const parts = genuine.split('.');
      const bytes = Buffer.from(parts[part]!, 'base64url');
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= 1;
        await expectInvalid(parts.with(part, changed.toString('base64url')).join('.'));
      }
    }
  });

  it.each(['HS256', 'HS384', 'HS512'])('refuses %s with the public key as its secret, in any form', async (alg) => {
    const { kty, crv, x, y } = await publicJwk();
    const jwk = { kty, crv, x, y };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const pem = key.export({ type: 'spki', format: 'pem' }).toString();
    const secrets = [pem, pem.trim(), key.export({ type: 'spki', format: 'der' }), JSON.stringify(jwk)];

    for (const secret of [...secrets, JSON.stringify(await publicJwk()), jwk.x, '', 'secret'])
      await expectInvalid(forger.write({ header: { alg }, signature: hmac(alg.replace('HS', 'sha'), secret) }));
  });

  it('refuses other asymmetric algorithms', async () => {
    const rs256 = (input: string) => sign('sha256', Buffer.from(input), rsa.privateKey);
    const forgeries: Forgery[] = [
      { header: { alg: 'RS256' }, signature: rs256 },
      { header: { alg: 'PS256' }, signature: rs256 },
      { header: { alg: 'ES384' } },
      { header: { alg: 'ES512' } },
      { header: { alg: 'EdDSA' } },
      { header: { alg: 'ES256K' } },
      ...['RS256', 'PS256', 'HS256', 'HS512'].map((alg) => ({ header: { alg } })),
    ];
    for (const forgery of forgeries) await expectInvalid(forger.write(forgery));
  });

  it('refuses a signature of the wrong length or encoding, and the null signature (r = s = 0)', async () => {
    for (const length of [1, 32, 63, 65, 66, 96, 132, 256, 4_096])
      await expectInvalid(forger.write({ signature: () => Buffer.alloc(length, 1) }));
    await expectInvalid(forger.write({ signature: (input) => sign('sha256', Buffer.from(input), mallory.privateKey) }));
    await expectInvalid(forger.write({ signature: () => Buffer.alloc(64) }));
    await expectInvalid(genuine.slice(0, -1));
    await expectInvalid(`${genuine}A`);
  });

  it("refuses another key, under its own, the server's, or no kid", async () => {
    const signature = es256(mallory.privateKey);

    for (const kid of ['mallory', forger.header.kid, undefined])
      await expectInvalid(forger.write({ header: { kid }, signature }));
  });

  it("refuses the server's key under a kid it does not have", async () => {
    const kids = [
      '',
      '0',
      '../../dev/null',
      `${String(forger.header.kid)} `,
      "x' OR '1'='1",
      '\0',
      '\ud800',
      null,
      0,
      {},
      [],
    ];
    for (const kid of [...kids, [forger.header.kid], undefined]) await expectInvalid(forger.write({ header: { kid } }));
  });

  it('takes no key from the token itself', async () => {
    const signature = es256(mallory.privateKey);
    const jwk = { ...malloryJwk, kid: 'mallory', alg: 'ES256', use: 'sig' };
    const url = `${test.client.url}/.well-known/jwks.json`;

    for (const header of [{ jwk }, { jwk, kid: 'mallory' }, { jku: url }, { x5u: url }, { x5c: ['MIIB'] }])
      await expectInvalid(forger.write({ header, signature }));
  });

  it.each([
    'JWT',
    'jwt',
    'application/jwt',
    'application/at+jwt',
    'at+JWT',
    'rt+jwt',
    'id_token',
    '',
    undefined,
    null,
    ['at+jwt'],
    1,
  ])('refuses a token of type %p', async (typ) => expectInvalid(forger.write({ header: { typ } })));

  it('refuses what it would have to understand and does not', async () => {
    for (const crit of [['exp'], ['b64'], ['x'], [], '', null, 0, false])
      await expectInvalid(forger.write({ header: { crit, b64: false } }));
  });

  it('refuses parts that are not JSON objects, under any type', async () => {
    for (const broken of ['', 'not json', '{', 'null', 'true', '0', '"text"', '[]', '\0', '{"alg":"ES256"'])
      for (const typ of ['JWT', 'at+jwt']) {
        await expectInvalid(forger.write({ header: broken }));
        const answer = await me(forger.write({ header: { typ }, claims: broken }));
        expectProblem(answer, 401, 'auth.access_token_invalid');
      }
  });
});
