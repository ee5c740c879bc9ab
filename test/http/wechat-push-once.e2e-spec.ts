import { UserErasure } from '../../src/users/erasure/user-erasure.js';
import { eventuallyFound } from '../support/eventually.js';
import { PushedAccounts, WHOLE } from '../support/pushed-accounts.js';

const LONGER_THAN_A_LEASE = { seconds: 61 };

describe('an event that WeChat pushes is acted on once, whatever happens', () => {
  let scene: PushedAccounts;
  beforeAll(async () => {
    scene = await PushedAccounts.start();
  });
  afterAll(() => scene?.test.close());
  afterEach(() => jest.restoreAllMocks());

  const actsOf = () => jest.spyOn(scene.test.app.get(UserErasure), 'eraseFields');

  it('acts once on an event that WeChat sends three times', async () => {
    const who = await scene.person();
    const acts = actsOf();
    const fields = scene.clean(who);
    for (let i = 0; i < 3; i++) await scene.push(fields);
    expect(acts).toHaveBeenCalledTimes(1);
    expect(await scene.audited(who, 'wechat.user_info_modified')).toBe(true);
  });

  it('acts once on an event that two servers get ten times each at once', async () => {
    const sibling = await scene.test.sibling();
    const who = await scene.person();
    const acts = [actsOf(), jest.spyOn(sibling.app.get(UserErasure), 'eraseFields')];
    const fields = scene.clean(who);

    const servers = Array.from({ length: 20 }, (_, i) => (i % 2 ? scene.test : sibling));
    const answers = await Promise.all(servers.map((server) => scene.pushes.push(fields, server)));
    await scene.settled();

    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(20).fill([200, 'success']));
    expect(acts.flatMap(({ mock }) => mock.calls)).toHaveLength(1);
    await sibling.close();
  });

  it('answers in less than a second while the work takes longer', async () => {
    const who = await scene.person();
    let finish = () => {};
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const erasure = scene.test.app.get(UserErasure);
    const find = erasure.findWechatUser.bind(erasure);
    jest.spyOn(erasure, 'findWechatUser').mockImplementation((account) => slow.then(() => find(account)));

    const began = performance.now();
    expect(await scene.pushes.push(scene.clean(who))).toMatchObject({ status: 200 });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await scene.profileOf(who)).toEqual(WHOLE);

    finish();
    await scene.settled();
    expect(await scene.profileOf(who)).toMatchObject({ nickname: null });
  });

  it('takes up what a crashed process has claimed, when its lease is over and not before', async () => {
    const who = await scene.person();
    let wakeUp: (userId: string) => void = () => undefined;
    const asleep = new Promise<string>((resolve) => (wakeUp = resolve));
    const crashed = await scene.test.sibling();
    jest.spyOn(crashed.app.get(UserErasure), 'findWechatUser').mockReturnValue(asleep);
    await scene.pushes.push(scene.clean(who), crashed);
    await eventuallyFound('the event is claimed', async () => (await scene.claimed()) === 1);

    await scene.pushes.push(scene.message('user_info_modified', { ...who, openid: 'oWakesTheWorker' }));
    await eventuallyFound('the worker has seen what is due', async () => (await scene.due()) === 0);
    expect(await scene.profileOf(who)).toEqual(WHOLE);

    scene.test.clock.advance(LONGER_THAN_A_LEASE);
    const restarted = await scene.test.sibling();
    await scene.settled();
    expect(await scene.profileOf(who)).toMatchObject({ nickname: null });
    await restarted.close();

    await scene.rows("UPDATE users SET nickname = 'of later' WHERE id = ?", [who.id]);
    wakeUp(who.id);
    await crashed.close();
    expect(await scene.profileOf(who)).toMatchObject({ nickname: 'of later' });
  });

  it('tries again after a growing pause, and gives up after eight times with an error in the log', async () => {
    const who = await scene.person();
    const acts = actsOf().mockRejectedValue(new Error('the disk is full'));
    await scene.pushes.push(scene.clean(who));
    for (let attempt = 1; attempt <= 8; attempt++) {
      await eventuallyFound(`attempt ${attempt}`, async () => acts.mock.calls.length === attempt);
      await scene.settled();
      scene.test.clock.advance({ minutes: 16 });
      await scene.pushes.push(scene.message('debug_demo', who));
      await scene.pushes.push(scene.message('user_info_modified', { ...who, openid: `oWakesTheWorker${attempt}` }));
    }
    await scene.settled();

    expect(acts).toHaveBeenCalledTimes(8);
    expect(scene.test.watch.lines.some((line) => line.includes('given up') && line.includes('"level":50'))).toBe(true);
    expect(await scene.profileOf(who)).toEqual(WHOLE);
  });

  it('recovers when a failure passes, without doing anything twice', async () => {
    const who = await scene.person();
    const endings = actsOf().mockRejectedValueOnce(new Error('the database went away'));
    await scene.pushes.push(scene.cancel(who));
    await eventuallyFound('the first attempt', async () => endings.mock.calls.length === 1);
    await scene.settled();
    scene.test.clock.advance({ seconds: 2 });
    await scene.wake();
    await scene.settled();

    expect(await scene.rows('SELECT * FROM wechat_accounts WHERE openid = ?', [who.openid])).toEqual([]);
    expect(await scene.audited(who, 'wechat.user_authorization_cancellation')).toBe(true);
  });

  it('keeps neither openid nor codes where they can be read', async () => {
    const who = await scene.person();
    await scene.push(scene.revoke(who, '8'));
    const stored = await scene.rows<{ payload_encrypted: string | null }>(
      "SELECT * FROM push_events WHERE state = 'done'",
    );
    expect(stored.map(({ payload_encrypted }) => payload_encrypted)).toEqual(stored.map(() => null));
    expect(JSON.stringify(stored)).not.toContain(who.openid);
  });

  it('forgets after a week what was done', async () => {
    await scene.wake();
    await scene.settled();
    const FINISHED = "SELECT id FROM push_events WHERE state IN ('done', 'ignored')";
    const finished = (await scene.rows<{ id: number }>(FINISHED)).map(({ id }) => id);
    scene.test.clock.advance({ days: 8 });
    const restarted = await scene.test.sibling();
    await eventuallyFound('the finished events are gone', async () => {
      const left = await scene.rows<{ id: number }>(FINISHED);
      return !left.some(({ id }) => finished.includes(id));
    });
    await restarted.close();
  });
});
