import { SessionStore } from '../../src/sessions/session-store.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { statementsDuring } from '../support/statements.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

const DEADLINE_MS = 10_000;
const STALE_SECONDS = 3;

describe('a server that has not heard for a while which sessions ended', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  let poll: jest.SpyInstance;
  beforeEach(async () => {
    poll = jest.spyOn(test.app.get(SessionStore), 'findEndedSince').mockRejectedValue(new Error('cannot be read'));
    await eventually(() => poll.mock.calls.length > 0, DEADLINE_MS);
  });
  afterEach(() => poll.mockRestore());

  /** As another process does it; this one is not told. */
  const endElsewhere = (id: string) =>
    test.dataSource.query(`UPDATE sessions SET ended_at = updated_at, end_reason = 'logout' WHERE id = ?`, [id]);
  const hear = async () => {
    const calls = poll.mock.calls.length;
    poll.mockRestore();
    poll = jest.spyOn(test.app.get(SessionStore), 'findEndedSince');
    await eventually(() => poll.mock.calls.length >= 2, DEADLINE_MS); // at the second the first is over
    return calls;
  };
  const isTold = async (token: string) => outcome(await whoAmI(test, token));

  it('trusts its memory for three seconds, and then asks the database at each request', async () => {
    const { accessToken, sessionId } = await registered(test);
    await endElsewhere(sessionId);

    test.clock.advance({ seconds: STALE_SECONDS });
    expect(await isTold(accessToken)).toBe('200');
    test.clock.advance({ seconds: 0.001 });
    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
  });

  it('lets everybody else in, at the price of one statement', async () => {
    const { accessToken } = await registered(test);
    await whoAmI(test, accessToken);
    test.clock.advance({ minutes: 1 });

    const ask = () => test.client.delete('/api/v1/sessions/not-a-uuid', { token: accessToken });
    const statements = await statementsDuring(test.dataSource, ask);

    // The signing keys are read as a whole, at most ten times a second.
    const perRequest = statements.filter((sql) => !sql.includes('signing_keys'));
    expect(perRequest).toEqual([expect.stringMatching(/^SELECT 1 FROM sessions WHERE id = \?/)]);
  });

  it('refuses a session of which nothing is left', async () => {
    const { accessToken, sessionId } = await registered(test);
    await test.dataSource.query('DELETE FROM sessions WHERE id = ?', [sessionId]);
    test.clock.advance({ minutes: 1 });

    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
  });

  it('trusts no memory from before its clock was set back', async () => {
    const { accessToken, sessionId } = await registered(test);
    await endElsewhere(sessionId);

    test.clock.advance({ seconds: -5 });
    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
    test.clock.advance({ seconds: 5 });
  });

  it('asks no more once it has heard again', async () => {
    const { accessToken } = await registered(test);
    await whoAmI(test, accessToken);
    test.clock.advance({ minutes: 1 });
    await hear();

    const ask = () => test.client.delete('/api/v1/sessions/not-a-uuid', { token: accessToken });
    const statements = await statementsDuring(test.dataSource, ask);

    expect(statements.filter((sql) => sql.startsWith('SELECT 1 FROM sessions WHERE id'))).toEqual([]);
  });
});

describeTwoServers('a server that the database cannot be reached from', () => {
  let here: TestApp;
  let there: TestApp;
  let network: TcpProxy;
  beforeAll(async () => {
    here = await startTestApp();
    const url = new URL(here.environment.DATABASE_URL!);
    network = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(network.port);
    there = await here.sibling({ DATABASE_URL: url.href });
  });
  afterAll(async () => {
    await network?.mend();
    await there?.close();
    await network?.close();
    await here?.close();
  });

  const logout = ({ client }: TestApp, token: string) => client.post('/api/v1/auth/logout', undefined, { token });
  const nothingStored = (token: string) => there.client.delete('/api/v1/sessions/not-a-uuid', { token });

  it.each(['cut', 'swallow'] as const)('lets nobody in on trust, and logs nobody out (%s)', async (fault) => {
    const [ended, open] = [await registered(here), await registered(here)];
    for (const { accessToken } of [ended, open]) expect(outcome(await whoAmI(there, accessToken))).toBe('200');
    await network[fault]();
    await logout(here, ended.accessToken);
    here.clock.advance({ seconds: STALE_SECONDS + 1 });

    for (const { accessToken } of [ended, open]) {
      const began = performance.now();
      expectProblem(await nothingStored(accessToken), 503, 'service.unavailable');
      expect(performance.now() - began).toBeLessThan(6_000);
    }

    await network.cut().catch(() => {}); // whoever waits on a dead connection learns it
    await network.mend();
    await eventually(async () => outcome(await nothingStored(open.accessToken)) === '404 sessions.not_found', 30_000);
    expectProblem(await nothingStored(ended.accessToken), 401, 'sessions.ended');
  });
});
