import { SessionActivity } from '../../src/sessions/live/session-activity.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

describeTwoServers('POST /api/v1/auth/refresh, on two servers', () => {
  let [here, there]: TestApp[] = [];
  beforeAll(async () => {
    here = await startTestApp();
    there = await here.sibling();
  });
  afterAll(async () => {
    await there?.close();
    await here?.close();
  });

  it('repairs on one server the answer that the other one gave', async () => {
    const first = await registered(here!);
    const lost = (await here!.client.refresh(first.refreshToken)).body;
    here!.clock.advance({ hours: 2 });

    const repaired = (await there!.client.refresh(first.refreshToken)).body;

    expect(repaired.refreshToken).toBe(lost.refreshToken);
    expect(outcome(await whoAmI(here!, repaired.accessToken))).toBe('200');
  });

  it('honours on one server what the other one has seen and written down', async () => {
    const first = await registered(here!);
    const second = (await here!.client.refresh(first.refreshToken)).body;
    await whoAmI(there!, second.accessToken);
    await there!.app.get(SessionActivity).flush();
    here!.clock.advance({ seconds: 31 });

    expectProblem(await here!.client.refresh(first.refreshToken), 401, 'sessions.refresh_token_reused');
  });

  it('never writes an older sighting over a newer one', async () => {
    const first = await registered(here!);
    const second = (await here!.client.refresh(first.refreshToken)).body;
    await whoAmI(there!, second.accessToken);
    await there!.app.get(SessionActivity).flush();
    await whoAmI(here!, first.accessToken);
    await here!.app.get(SessionActivity).flush();

    expect((await sessionRow(here!.dataSource, first.sessionId)).seenGeneration).toBe(2);
  });

  it('writes down what it has seen by itself, well within the 30 s that protect a concurrent refresh', async () => {
    const first = await registered(here!);
    const second = (await here!.client.refresh(first.refreshToken)).body;
    await whoAmI(there!, second.accessToken);

    const isWritten = async () => (await sessionRow(here!.dataSource, first.sessionId)).seenGeneration === 2;
    await eventually(isWritten, 10_000);
  });
});
