import jwt from 'jsonwebtoken';
import { createHash, createPublicKey } from 'node:crypto';
import type { JwksDto, JwkDto } from '../../src/auth/keys/jwks.dto.js';
import { SigningKey } from '../../src/auth/keys/signing-key.entity.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

describe('GET /.well-known/jwks.json', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const jwks = async ({ client }: TestApp = test) => client.get<JwksDto>('/.well-known/jwks.json');
  const verify = (token: string, { kty, crv, x, y }: JwkDto) => {
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return jwt.verify(token, key, { algorithms: ['ES256'], issuer: 'wx-login', audience: 'mini-program' });
  };

  it('lets anyone verify an access token by themselves', async () => {
    const { accessToken, user, sessionId } = await registered(test);
    const { kid } = jwt.decode(accessToken, { complete: true })!.header;

    const key = (await jwks()).body.keys.find((candidate) => candidate.kid === kid)!;

    expect(verify(accessToken, key)).toMatchObject({ sub: user.id, sid: sessionId, gen: 1, role: 'user' });
  });

  it('shows the public half of each key and nothing more', async () => {
    const { status, body } = await jwks();

    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['keys']);
    expect(body.keys).toHaveLength(1);
    const text = expect.stringMatching(/^[\w-]{43}$/) as string;
    expect(body.keys[0]).toEqual({ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', x: text, y: text, kid: text });
  });

  it('names a key by its thumbprint, RFC 7638', async () => {
    const { crv, kty, x, y, kid } = (await jwks()).body.keys[0]!;

    expect(createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')).toBe(kid);
  });

  it('may be kept for five minutes', async () => {
    const { headers } = await jwks();

    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(headers.get('content-type')).toMatch(/json/);
  });

  it('has a private half that the database holds only encrypted', async () => {
    const [row] = await test.dataSource.getRepository(SigningKey).find();

    const [keyId, sealed] = row!.privateKeyEncrypted!.split('.');
    expect(keyId).toMatch(/^[0-9a-f]{8}$/);
    const bytes = Buffer.from(sealed!, 'base64url');
    const derOfP256 = Buffer.from('06082a8648ce3d030107', 'hex');
    expect(bytes.includes(derOfP256)).toBe(false);
    expect(JSON.stringify(row)).not.toMatch(/PRIVATE|"d":/);
  });

  describeTwoServers('on two servers', () => {
    it('shows the same keys, and each takes the tokens of the other', async () => {
      const sibling = await test.sibling();

      expect((await jwks(sibling)).body).toEqual((await jwks()).body);
      const { accessToken } = await registered(sibling);
      expect((await whoAmI(test, accessToken)).status).toBe(200);
      await sibling.close();
    });

    it('works for servers that started at the same moment on an empty database', async () => {
      await test.dataSource.getRepository(SigningKey).clear();
      const siblings = await Promise.all([test.sibling(), test.sibling()]);

      for (const [one, other] of [siblings, siblings.toReversed()] as [TestApp, TestApp][]) {
        const { accessToken } = await registered(one);
        await eventually(async () => (await whoAmI(other, accessToken)).status === 200, 10_000);
        const { kid } = jwt.decode(accessToken, { complete: true })!.header;
        expect((await jwks(other)).body.keys.map((key) => key.kid)).toContain(kid);
      }
      for (const sibling of siblings) await sibling.close();
    });
  });
});
