import jwt from 'jsonwebtoken';
import type { JwksDto } from '../../src/auth/keys/jwks.dto.js';
import { KeyRotation } from '../../src/auth/keys/key-rotation.js';
import { SigningKey } from '../../src/auth/keys/signing-key.entity.js';
import { SigningKeys } from '../../src/auth/keys/signing-keys.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { AuditEvent } from '../../src/platform/audit/audit-event.entity.js';
import { whoAmI } from '../support/caller.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLISHED_SECONDS = 600;
const CROWD = 50; // processes, and they have ten connections between them

describe('the signing keys', () => {
  let test: TestApp;
  let rotation: KeyRotation;
  beforeEach(async () => {
    test = await startTestApp();
    rotation = test.app.get(KeyRotation);
  });
  afterEach(() => test?.close());

  const kidOf = ({ accessToken }: TokensDto) => jwt.decode(accessToken, { complete: true })!.header.kid!;
  const signingKid = async () => kidOf(await registered(test));
  const states = async () => (await rotation.list()).map(({ state }) => state).sort();
  const jwks = async () => (await test.client.get<JwksDto>('/.well-known/jwks.json')).body.keys.map(({ kid }) => kid);
  const rowOf = (kid: string) => test.dataSource.getRepository(SigningKey).findOneBy({ kid });
  /** As the process does once a minute, and then knows. */
  const tend = async () => {
    await rotation.tend();
    await test.app.get(SigningKeys).refresh();
  };

  it('are replaced by command: published, then signing, then retired, then gone; everybody stays in', async () => {
    const before = await registered(test);
    const first = kidOf(before);

    const next = await rotation.rotate();
    expect(next).toMatchObject({ state: 'published', verifiesUntil: null });
    expect(next.signsAt!.getTime() - test.clock.now().getTime()).toBe(PUBLISHED_SECONDS * 1000);
    await test.app.get(SigningKeys).refresh();
    expect(await jwks()).toEqual(expect.arrayContaining([first, next.kid]));

    test.clock.advance({ seconds: PUBLISHED_SECONDS - 1 });
    await tend();
    expect(await signingKid()).toBe(first);

    const last = await registered(test);
    test.clock.advance({ seconds: 1 });
    await tend();
    expect(await states()).toEqual(['retired', 'signing']);
    expect(await signingKid()).toBe(next.kid);
    expect((await rowOf(first))!.privateKeyEncrypted).toBeNull();

    test.clock.advance({ seconds: last.expiresIn - 2 });
    await tend();
    expect(outcome(await whoAmI(test, last.accessToken))).toBe('200');
    expect(await jwks()).toContain(first);

    test.clock.advance({ minutes: 3 });
    await tend();
    expect(await states()).toEqual(['signing']);
    expect(await jwks()).toEqual([next.kid]);
    expectProblem(await whoAmI(test, last.accessToken), 401, 'auth.access_token_invalid');
    expect((await test.client.refresh(before.refreshToken)).status).toBe(200);
  });

  it('are replaced by themselves when they are thirty days old', async () => {
    const first = await signingKid();

    test.clock.advance({ days: 29, hours: 23 });
    await tend();
    expect(await states()).toEqual(['signing']);
    test.clock.advance({ hours: 1 });
    await tend();
    expect(await states()).toEqual(['published', 'signing']);
    test.clock.advance({ seconds: PUBLISHED_SECONDS });
    await tend();

    expect(await signingKid()).not.toBe(first);
    expect(await states()).toEqual(['retired', 'signing']);
  });

  it('are not doubled by asking twice: the one that is published is the next', async () => {
    const [one, two] = [await rotation.rotate(), await rotation.rotate()];

    expect(two).toEqual(one);
    expect(await states()).toEqual(['published', 'signing']);
  });

  it('are replaced once by fifty who do it at the same moment', async () => {
    const crowd = Array.from({ length: CROWD });
    const published = await Promise.all(crowd.map(() => rotation.rotate()));
    expect(new Set(published.map(({ kid }) => kid)).size).toBe(1);

    test.clock.advance({ seconds: PUBLISHED_SECONDS });
    await Promise.all(crowd.map(() => rotation.tend()));

    expect(await states()).toEqual(['retired', 'signing']);
  });

  it('are revoked in an emergency: tokens of the key are refused at once, and refresh tokens bring everybody back', async () => {
    const leaked = await registered(test);
    expect(outcome(await whoAmI(test, leaked.accessToken))).toBe('200');

    expect(await rotation.revoke(kidOf(leaked))).toBe(true);

    expectProblem(await whoAmI(test, leaked.accessToken), 401, 'auth.access_token_invalid');
    expect(await jwks()).not.toContain(kidOf(leaked));
    expect(await rowOf(kidOf(leaked))).toBeNull();
    const { status, body } = await test.client.refresh(leaked.refreshToken);
    expect(status).toBe(200);
    expect(outcome(await whoAmI(test, body.accessToken))).toBe('200');
    expect(await rotation.revoke(kidOf(leaked))).toBe(false);
  });

  it('put the published key in place of one that is revoked', async () => {
    const first = await signingKid();
    const next = await rotation.rotate();

    expect(await rotation.revoke(first)).toBe(true);

    expect(await signingKid()).toBe(next.kid);
    expect(await states()).toEqual(['signing']);
  });

  it('are never gone: fifty revocations at the same moment leave one that signs', async () => {
    const first = await signingKid();
    await rotation.rotate();

    const revoked = await Promise.all(Array.from({ length: CROWD }, () => rotation.revoke(first)));

    expect(revoked.filter(Boolean)).toHaveLength(1);
    expect(await states()).toEqual(['signing']);
  });

  it('leave their steps in the audit trail', async () => {
    const first = await signingKid();
    const { kid } = await rotation.rotate();
    test.clock.advance({ seconds: PUBLISHED_SECONDS });
    await tend();
    await rotation.revoke(first);

    const rows = await test.dataSource.getRepository(AuditEvent).find({ order: { id: 'ASC' } });
    const steps = rows.filter(({ type }) => type.startsWith('key.'));
    expect(steps.map(({ type, detail }) => [type, (detail as { kid: string }).kid])).toEqual([
      ['key.published', kid],
      ['key.retired', first],
      ['key.signing', kid],
      ['key.revoked', first],
    ]);
  });
});

describe('a token whose signing key is unknown', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  it('costs few reads of the table, however many come', async () => {
    const find = jest.spyOn(test.dataSource.getRepository(SigningKey), 'find');
    const spied = jest.spyOn(test.app.get(SigningKeys), 'refresh');
    const made = Array.from({ length: 500 }, (_, n) => {
      const header = { alg: 'ES256', typ: 'at+jwt', kid: String(n).padStart(43, 'A') };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part(header)}.${part({})}.${'A'.repeat(86)}`;
    });
    const began = performance.now();

    const answers = await Promise.all(made.map((token) => whoAmI(test, token)));

    const seconds = (performance.now() - began) / 1000;
    expect(new Set(answers.map(outcome))).toEqual(new Set(['401 auth.access_token_invalid']));
    expect(spied).toHaveBeenCalledTimes(500);
    spied.mockRestore();
    expect(find.mock.calls.length).toBeLessThanOrEqual(Math.ceil(seconds * 12) + 2); // ten a second, and two polls
  });

  it('is refused without a read when it is no key of ours by its form', async () => {
    const spied = jest.spyOn(test.app.get(SigningKeys), 'refresh');
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'mallory' })).toString('base64url');

    expectProblem(
      await whoAmI(test, `${header}.${Buffer.from('{}').toString('base64url')}.${'A'.repeat(86)}`),
      401,
      'auth.access_token_invalid',
    );
    expect(spied).not.toHaveBeenCalled();
    spied.mockRestore();
  });
});
