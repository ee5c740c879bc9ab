import type { ConsentDto } from '../../../src/users/dto/consent.dto.js';
import { auditEvents, countRows } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { Admin } from '../../support/admins.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

describe('/api/v1/users/me/consents', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const newcomer = async () => {
    const tokens = await registered(test);
    const account = new OwnAccount(test, tokens);
    const give = (policy: string, version: string) => account.ask('POST', '/consents', { policy, version });
    const list = async () => (await account.ask<ConsentDto[]>('GET', '/consents')).body;
    return { ...tokens, account, give, list };
  };

  it('keeps which version was agreed to and when, newest first, and once', async () => {
    const { give, list, user } = await newcomer();
    const givenAt = test.clock.now().toISOString();

    for (const version of ['1.0', '1.0', '2.0']) expect((await give('privacy', version)).status).toBe(204);

    const given = { policy: 'privacy', givenAt, withdrawnAt: null };
    expect(await list()).toEqual([
      { ...given, version: '2.0' },
      { ...given, version: '1.0' },
    ]);
    const events = (await auditEvents(test, 'consent.recorded')).filter(({ userId }) => userId === user.id);
    expect(events.map(({ detail }) => detail)).toEqual([
      { policy: 'privacy', version: '1.0', given: true },
      { policy: 'privacy', version: '2.0', given: true },
    ]);
  });

  it('is taken back, and may be given again', async () => {
    const { account, give, list } = await newcomer();
    await give('privacy', '1.0');
    await give('marketing', '1.0');
    const withdrawnAt = test.clock.now().toISOString();

    for (let twice = 0; twice < 2; twice++)
      expect((await account.ask('DELETE', '/consents/marketing')).status).toBe(204);

    expect((await list()).map(({ policy, withdrawnAt: at }) => [policy, at])).toEqual([
      ['marketing', withdrawnAt],
      ['privacy', null],
    ]);
    await give('marketing', '1.0');
    expect((await list()).filter(({ withdrawnAt: at }) => at === null)).toHaveLength(2);
  });

  it('is recorded once, however often it is given at the same moment', async () => {
    const { give, list } = await newcomer();

    await Promise.all(Array.from({ length: 100 }, () => give('privacy', '1.0')));

    expect(await list()).toHaveLength(1);
  });

  it.each([
    ['Privacy', '1.0'],
    ['privacy', ''],
    ['privacy', '1 0'],
    ['x'.repeat(33), '1.0'],
  ])('refuses policy %j, version %j', async (policy, version) => {
    expectProblem(await (await newcomer()).give(policy, version), 400, 'request.invalid');
  });

  it('goes along with a merge, into the export, and away with the account', async () => {
    const admin = await Admin.start(test);
    const [from, into] = [await newcomer(), (await loginWithWechat(test, 'agreeing')).body];
    await from.give('privacy', '1.0');
    await admin.ask('POST', `/users/${from.user.id}/merge`, { into: into.user.id });

    expect(await from.list()).toHaveLength(1);
    expect((await new OwnAccount(test, into).export()).tables.consents).toMatchObject([
      { userId: into.user.id, policy: 'privacy' },
    ]);
    await new OwnAccount(test, into).close();
    expect(await countRows(test, 'consents', 'user_id IN (?, ?)', [from.user.id, into.user.id])).toBe(0);
  });
});
