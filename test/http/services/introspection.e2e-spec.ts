import { claimsOf } from '../../support/claims.js';
import { Admin } from '../../support/admins.js';
import { whoAmI } from '../../support/caller.js';
import { freshUsername, login, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { Service } from '../../support/services.js';
import { sessionRow } from '../../support/session-rows.js';
import { statementsDuring } from '../../support/statements.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { isMysql } from '../../support/test-database.js';

const INACTIVE = { active: false };

describe('what other services may ask about tokens', () => {
  let test: TestApp;
  let admin: Admin;
  let service: Service;
  beforeAll(async () => {
    test = await startTestApp();
    admin = await Admin.start(test);
    service = await Service.register(test, admin);
  });
  afterAll(() => test?.close());

  const activity = async (token: string) => (await service.introspect(token)).body;

  describe('POST /api/v1/auth/introspect', () => {
    it('tells of an access token what RFC 7662 asks for, and nothing private', async () => {
      const { accessToken, user, sessionId } = await registered(test);
      const { iss, aud, iat, exp, jti } = claimsOf(accessToken);

      const { status, headers, body } = await service.introspect(accessToken, { token_type_hint: 'refresh_token' });

      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      const known = { token_type: 'Bearer', sub: user.id, sid: sessionId, role: 'user' };
      expect(body).toEqual({ active: true, ...known, iss, aud, iat, exp, jti });
    });

    it('tells of a refresh token whose it is and until when, and uses nothing up', async () => {
      const { refreshToken, user, sessionId } = await registered(test);
      const exp = Math.floor(test.clock.now().getTime() / 1000) + 7 * 86_400;

      for (let i = 0; i < 3; i++)
        expect(await activity(refreshToken)).toEqual({ active: true, sub: user.id, sid: sessionId, exp });
      expect((await test.client.refresh(refreshToken)).status).toBe(200);
    });

    it.each([
      ['nonsense', 'x'],
      ['a refresh token of nobody', `wxr1_${'A'.repeat(70)}`],
      ['three parts that are no JWT', `e30.e30.${'A'.repeat(86)}`],
      ['an emoji', '🔑'],
      ['a NUL', '\0'],
    ])('says no more than that %s is not active', async (_what, token) => {
      const { status, body } = await service.introspect(token);

      expect([status, body]).toEqual([200, INACTIVE]);
    });

    it('knows an ended session at once, on every process', async () => {
      const other = isMysql ? await test.sibling() : test;
      const tokens = await registered(test);
      await test.client.post('/api/v1/auth/logout', undefined, { token: tokens.accessToken });
      const there = new Service(other, service.id, service.secret);

      expect((await there.introspect(tokens.accessToken)).body).toEqual(INACTIVE);
      expect((await there.introspect(tokens.refreshToken)).body).toEqual(INACTIVE);
      if (other !== test) await other.close();
    });

    it('finds neither the expired nor the banned, nor a refresh token that was replaced, and ends nothing by looking', async () => {
      const first = await registered(test);
      const { body: second } = await test.client.refresh(first.refreshToken);
      await whoAmI(test, second.accessToken);
      test.clock.advance({ minutes: 1 });
      expect(await activity(first.refreshToken)).toEqual(INACTIVE);
      expect((await sessionRow(test.dataSource, first.sessionId)).endedAt).toBeNull();

      test.clock.advance({ minutes: 20 });
      expect(await activity(second.accessToken)).toEqual(INACTIVE);
      expect(await activity(second.refreshToken)).toMatchObject({ active: true });
      await test.dataSource.query('UPDATE users SET banned_until = ? WHERE id = ?', [
        new Date(test.clock.now().getTime() + 60_000),
        first.user.id,
      ]);
      expect(await activity(second.refreshToken)).toEqual(INACTIVE);
    });

    it('costs two statements, once the service is known', async () => {
      const { accessToken } = await registered(test);
      await service.introspect(accessToken);

      const statements = await statementsDuring(test.dataSource, () => service.introspect(accessToken));

      const asked = statements.filter((sql) =>
        /FROM .?service_clients|FROM sessions s JOIN|attempt_counters/.test(sql),
      );
      expect(asked).toHaveLength(2);
    });
  });

  describe('POST /api/v1/auth/revoke', () => {
    it.each(['accessToken', 'refreshToken'] as const)('ends the session of an %s, with the reason', async (kind) => {
      const username = freshUsername();
      const tokens = await registered(test, { username });
      const other = (await login(test, { username })).body;

      const { status, text, headers } = await service.revoke(tokens[kind]);

      expect([status, text, headers.get('cache-control')]).toEqual([200, '', 'no-store']);
      expectProblem(await whoAmI(test, tokens.accessToken), 401, 'sessions.ended');
      expectProblem(await test.client.refresh(tokens.refreshToken), 401, 'sessions.ended');
      expect(await sessionRow(test.dataSource, tokens.sessionId)).toMatchObject({ endReason: 'revoked' });
      expect(await activity(other.accessToken)).toMatchObject({ active: true });
      const [event] = await (await Admin.start(test)).events({ sessionId: tokens.sessionId, type: 'session.ended' });
      expect(event).toMatchObject({ detail: { reason: 'revoked', clientId: service.id } });
    });

    it('answers the same for a token that is not good, and for one revoked before', async () => {
      const { refreshToken } = await registered(test);
      for (const token of [refreshToken, refreshToken, 'nonsense']) {
        const { status, text } = await service.revoke(token, { token_type_hint: 'access_token' });
        expect([status, text]).toEqual([200, '']);
      }
    });

    it('knows no other types of tokens', async () => {
      const { refreshToken } = await registered(test);

      const { status, body } = await service.revoke(refreshToken, { token_type_hint: 'id_token' });

      expect([status, (body as { error: string }).error]).toEqual([400, 'unsupported_token_type']);
      expect(await activity(refreshToken)).toMatchObject({ active: true });
    });
  });

  describe.each(['introspect', 'revoke'])('POST /api/v1/auth/%s', (door) => {
    it.each([
      ['no token', 'token_type_hint=access_token', {}, 400],
      ['an empty token', 'token=', {}, 400],
      ['a token twice', 'token=a&token=b', {}, 400],
      ['JSON', '{"token":"a"}', { 'content-type': 'application/json' }, 415],
      ['text', 'token=a', { 'content-type': 'text/plain' }, 415],
    ])('refuses %s as OAuth does', async (_what, form, headers, status) => {
      const answer = await service.post<{ error: string }>(door, form, headers);

      expect([answer.status, answer.body.error]).toEqual([status, 'invalid_request']);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it.each([
      ['nothing', ''],
      ['a Bearer token', 'Bearer x'],
      ['no base64', 'Basic ***'],
      ['no colon', `Basic ${Buffer.from('abc').toString('base64')}`],
      ['broken encoding', `Basic ${Buffer.from('a:%zz').toString('base64')}`],
      ['an id that is none', `Basic ${Buffer.from('svc\0:é').toString('base64')}`],
    ])('refuses a service that shows %s', async (_what, authorization) => {
      const answer = await service.post<{ error: string }>(door, 'token=a', { authorization });

      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="wx-login"/);
    });
  });
});
