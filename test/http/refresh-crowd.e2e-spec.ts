import { SessionStore } from '../../src/sessions/session-store.js';
import { whoAmI } from '../support/caller.js';
import { claimsOf } from '../support/claims.js';
import { eventually } from '../support/eventually.js';
import { outcome, outcomes } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

const CROWD = 200;

jest.setTimeout(120_000); // a crowd takes its time on a busy machine

describe('POST /api/v1/auth/refresh, by a crowd with one token', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const refreshAll = (servers: TestApp[], refreshToken: string) =>
    Promise.all(Array.from({ length: CROWD }, (_, n) => servers[n % servers.length]!.client.refresh(refreshToken)));

  async function expectOneStep(servers: TestApp[]): Promise<void> {
    const { refreshToken: token, sessionId, user } = await registered(test);

    const answers = await refreshAll(servers, token);

    expect(outcomes(answers)).toEqual({ '200': CROWD });
    const first = answers[0]!.body;
    const equal = { ...first, accessToken: expect.any(String), expiresIn: expect.any(Number) };
    for (const { body } of answers) {
      expect(body).toEqual(equal);
      expect(claimsOf(body.accessToken)).toMatchObject({ gen: 2, sid: sessionId, sub: user.id });
    }
    expect(first).toMatchObject({ sessionId, user });
    expect((await sessionRow(test.dataSource, sessionId)).generation).toBe(2);

    const uses = answers.map(({ body }, n) => whoAmI(servers[(n + 1) % servers.length]!, body.accessToken));
    expect(outcomes(await Promise.all(uses))).toEqual({ '200': CROWD });
    expect(outcomes([await test.client.refresh(first.refreshToken)])).toEqual({ '200': 1 });
  }

  it('gives 200 of them the same answer, and moves the counter one step', async () => {
    await expectOneStep([test]);
  });

  it('ends the session once, and gives nobody a token, when 200 replay an old one', async () => {
    const { refreshToken: stolen, sessionId } = await registered(test);
    const second = (await test.client.refresh(stolen)).body;
    const third = (await test.client.refresh(second.refreshToken)).body;

    const counts = outcomes(await refreshAll([test], stolen));

    const { '401 sessions.refresh_token_reused': reused = 0, '401 sessions.ended': ended = 0, ...others } = counts;
    expect(others).toEqual({});
    expect(reused).toBeGreaterThanOrEqual(1);
    expect(reused + ended).toBe(CROWD);
    expect(await sessionRow(test.dataSource, sessionId)).toMatchObject({ endReason: 'refresh_token_reused' });
    expect(outcomes([await whoAmI(test, third.accessToken)])).toEqual({ '401 sessions.ended': 1 });
  });

  it('never gives a token after a logout that happens in the middle', async () => {
    const { refreshToken, accessToken, sessionId } = await registered(test);

    const [answers, logout] = await Promise.all([
      refreshAll([test], refreshToken),
      test.client.post('/api/v1/auth/logout', undefined, { token: accessToken }),
    ]);

    expect(logout.status).toBe(204);
    const { '200': given = 0, '401 sessions.ended': refused = 0, ...others } = outcomes(answers);
    expect(others).toEqual({});
    expect(given + refused).toBe(CROWD);
    expect((await sessionRow(test.dataSource, sessionId)).endReason).toBe('logout');
    const given200 = answers.filter(({ status }) => status === 200);
    const uses = await Promise.all(given200.map(({ body }) => whoAmI(test, body.accessToken)));
    expect(outcomes(uses)['200']).toBeUndefined();
  });

  describe('when a request is held up between reading the session and writing it', () => {
    /** Lets one refresh read the session, does `meanwhile`, and then lets the refresh go on. */
    async function heldUp(refreshToken: string, meanwhile: () => Promise<unknown>): Promise<string> {
      const store = test.app.get(SessionStore);
      const rotate = store.rotate.bind(store);
      let goOn!: () => void;
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      const held = jest.spyOn(store, 'rotate').mockImplementationOnce((rotation) => gate.then(() => rotate(rotation)));
      const late = test.client.refresh(refreshToken);
      await eventually(() => held.mock.calls.length === 1, 10_000);

      await meanwhile();
      goOn();

      const answer = await late;
      held.mockRestore();
      return outcome(answer);
    }

    it('gives it the token that another one got, and leaves the moment of the rotation as it was', async () => {
      const first = await registered(test);
      const rotatedAt = test.clock.now();

      const late = await heldUp(first.refreshToken, async () => {
        await test.client.refresh(first.refreshToken);
        test.clock.advance({ seconds: 20 });
      });

      expect(late).toBe('200');
      expect(await sessionRow(test.dataSource, first.sessionId)).toMatchObject({ generation: 2, rotatedAt });
    });

    it('never moves the counter back', async () => {
      const first = await registered(test);

      const late = await heldUp(first.refreshToken, async () => {
        const { body } = await test.client.refresh(first.refreshToken);
        await test.client.refresh(body.refreshToken);
      });

      expect(late).toBe('401 sessions.refresh_token_reused');
      expect((await sessionRow(test.dataSource, first.sessionId)).generation).toBe(3);
    });

    it('does not revive a session that ended meanwhile', async () => {
      const { refreshToken, accessToken, sessionId } = await registered(test);
      const logout = () => test.client.post('/api/v1/auth/logout', undefined, { token: accessToken });

      expect(await heldUp(refreshToken, logout)).toBe('401 sessions.ended');
      expect((await sessionRow(test.dataSource, sessionId)).generation).toBe(1);
    });
  });

  describeTwoServers('on two servers', () => {
    let sibling: TestApp;
    beforeAll(async () => {
      sibling = await test.sibling();
    });
    afterAll(() => sibling?.close());

    it('gives 200 of them the same answer, and moves the counter one step', async () => {
      await expectOneStep([test, sibling]);
    });
  });
});
