import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { SIMULATOR_APP } from '../../src/platform/config/environment.js';
import { UserErasure } from '../../src/users/erasure/user-erasure.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';
import { loginWithWechat } from '../support/wechat-phone.js';
import { type Fields, type PushSetting, WechatPushes } from '../support/wechat-pushes.js';

const APP_ID = SIMULATOR_APP.id;
const SETTING: PushSetting = {
  token: 'PushToken01',
  mode: 'encrypted',
  format: 'json',
  encodingAesKey: 'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c',
};
const WITH_PUSH = { WECHAT_APPS: JSON.stringify([{ ...SIMULATOR_APP, push: SETTING }]) };
const LONGER_THAN_A_LEASE = { seconds: 61 };
const LONGER_THAN_AN_ACCESS_TOKEN = { minutes: 17 };

interface Person {
  id: string;
  openid: string;
  accessToken: string;
  refreshToken: string;
}

describe('what WeChat pushes about an account', () => {
  let test: TestApp;
  let pushes: WechatPushes;
  let people = 0;
  let messages = 0;

  beforeAll(async () => {
    test = await startTestApp(WITH_PUSH);
    pushes = new WechatPushes(test, APP_ID, SETTING);
  });
  afterAll(() => test?.close());
  afterEach(() => jest.restoreAllMocks());

  const rows = <Row>(sql: string, parameters: unknown[] = []) => test.dataSource.query<Row[]>(sql, parameters);
  const person = async (): Promise<Person> => {
    const { body } = await loginWithWechat(test, `pushed-${++people}`);
    const [account] = await rows<{ openid: string }>('SELECT openid FROM wechat_accounts WHERE user_id = ?', [
      body.user.id,
    ]);
    const profile = [`nick-${people}`, 'https://example.com/a.png', `p${people}@example.com`, body.user.id];
    await rows('UPDATE users SET nickname = ?, avatar_url = ?, email = ? WHERE id = ?', profile);
    return {
      id: body.user.id,
      openid: account!.openid,
      accessToken: body.accessToken,
      refreshToken: body.refreshToken,
    };
  };
  const profileOf = async ({ id }: Person) => {
    const [user] = await rows<object>('SELECT nickname, avatar_url, email FROM users WHERE id = ?', [id]);
    return user;
  };
  const whole = { nickname: expect.any(String), avatar_url: expect.any(String), email: expect.any(String) };
  const message = (event: string, { openid }: Person, fields: Fields = {}): Fields => ({
    ...{ ToUserName: 'gh_1', FromUserName: 'o-from', CreateTime: test.clock.nowSeconds() + messages++ },
    ...{ MsgType: 'event', Event: event, OpenID: openid, AppID: APP_ID, ...fields },
  });
  const revoke = (who: Person, RevokeInfo: string) => message('user_authorization_revoke', who, { RevokeInfo });
  const cancel = (who: Person) => message('user_authorization_cancellation', who);
  const clean = (who: Person) => message('user_info_modified', who);
  const due = async (): Promise<number> => {
    const sql = "SELECT 1 FROM push_events WHERE state = 'waiting' AND next_attempt_at <= ?";
    return (await rows(sql, [test.clock.now()])).length;
  };
  const claimed = async () => (await rows("SELECT 1 FROM push_events WHERE state = 'claimed'")).length;
  const settled = () => eventually('nothing is due or being done', async () => (await due()) + (await claimed()) === 0);
  const pushed = async (fields: Fields) => {
    expect(await pushes.push(fields)).toMatchObject({ status: 200, text: 'success' });
    await settled();
  };
  const me = (who: Person, at = test) => at.client.get('/api/v1/users/me', { token: who.accessToken });
  const auditOf = async ({ id }: Person, type: string) => {
    await test.app.get(AuditLog).flush();
    return rows<{ detail: unknown }>('SELECT * FROM audit_events WHERE user_id = ? AND type = ?', [id, type]);
  };
  const wake = async () => pushed(clean(await person()));

  describe('user_authorization_revoke', () => {
    it.each([
      ['6', { nickname: null, avatar_url: null }],
      ['19', { nickname: null }],
      ['20', { avatar_url: null }],
      ['16', { email: null }],
      ['6,16', { nickname: null, avatar_url: null, email: null }],
      ['1,2,13', {}],
    ])('erases for the code %s what it names and nothing else', async (codes, erased) => {
      const who = await person();
      await pushed(revoke(who, codes));

      expect(await profileOf(who)).toEqual({ ...whole, ...erased });
      expect(await me(who)).toMatchObject({ status: 200 });
      expect(await auditOf(who, 'wechat.user_authorization_revoke')).toHaveLength(1);
    });

    it('leaves everybody else alone', async () => {
      const [who, other] = [await person(), await person()];
      await pushed(revoke(who, '6,16'));
      expect(await profileOf(other)).toEqual(whole);
    });

    it('takes two revocations in one second for two', async () => {
      const who = await person();
      const at = { CreateTime: test.clock.nowSeconds() };
      await pushed({ ...revoke(who, '19'), ...at });
      await pushed({ ...revoke(who, '20'), ...at });
      expect(await profileOf(who)).toEqual({ ...whole, nickname: null, avatar_url: null });
    });
  });

  describe('user_info_modified', () => {
    it('clears the nickname and the avatar WeChat has found fault with', async () => {
      const who = await person();
      await pushed(clean(who));
      expect(await profileOf(who)).toEqual({ ...whole, nickname: null, avatar_url: null });
    });

    it('changes nothing when it does not say whom it is about, or names nobody we know', async () => {
      const who = await person();
      const { OpenID: _, ...withoutOpenid } = clean(who);
      await pushed({ ...withoutOpenid, FromUserName: who.openid });
      await pushed(clean({ ...who, openid: 'oNobodyWeKnow' }));
      await pushed(clean({ ...who, openid: who.openid.toLowerCase() }));
      expect(await profileOf(who)).toEqual(whole);
    });
  });

  describe('user_authorization_cancellation', () => {
    it('ends every session at once, and forgets the WeChat account and what came with it', async () => {
      const who = await person();
      await pushed(cancel(who));

      expect(await me(who)).toMatchObject({ status: 401, body: { code: 'sessions.ended' } });
      expect(await test.client.refresh(who.refreshToken)).toMatchObject({ status: 401 });
      expect(await rows('SELECT * FROM wechat_accounts WHERE openid = ?', [who.openid])).toEqual([]);
      expect(await profileOf(who)).toMatchObject({ nickname: null, avatar_url: null });
      const [session] = await rows('SELECT end_reason FROM sessions WHERE user_id = ?', [who.id]);
      expect(session).toEqual({ end_reason: 'wechat_cancelled' });
      expect(await auditOf(who, 'wechat.user_authorization_cancellation')).toHaveLength(1);
      expect(await auditOf(who, 'session.ended')).toHaveLength(1);
    });

    it('erases someone with no other way in, once their last access token is dead', async () => {
      const who = await person();
      await pushed(cancel(who));
      expect(await rows('SELECT id FROM users WHERE id = ?', [who.id])).toHaveLength(1);

      test.clock.advance(LONGER_THAN_AN_ACCESS_TOKEN);
      await wake();

      expect(await rows('SELECT id FROM users WHERE id = ?', [who.id])).toEqual([]);
      expect(await rows('SELECT id FROM sessions WHERE user_id = ?', [who.id])).toEqual([]);
    });

    it('keeps someone who can log in with a password, or in another mini-program', async () => {
      const [byPassword, elsewhere] = [await person(), await person()];
      await rows("UPDATE users SET password_hash = 'x' WHERE id = ?", [byPassword.id]);
      const account = [elsewhere.id, 'wx0000000000000002', 'oElsewhere', ...Array<Date>(3).fill(test.clock.now())];
      await rows(
        'INSERT INTO wechat_accounts (user_id, app_id, openid, last_login_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
        account,
      );

      await pushed(cancel(byPassword));
      await pushed(cancel(elsewhere));
      test.clock.advance(LONGER_THAN_AN_ACCESS_TOKEN);
      await wake();

      expect(await rows('SELECT id FROM users WHERE id IN (?, ?)', [byPassword.id, elsewhere.id])).toHaveLength(2);
    });

    it('lets them come back as somebody new', async () => {
      const who = await person();
      await pushed(cancel(who));
      const again = await loginWithWechat(test, `pushed-${people}`);
      expect(again).toMatchObject({ status: 200, body: { isNewUser: true } });
      expect(again.body.user.id).not.toBe(who.id);
    });

    (isMysql ? it : it.skip)('is felt in another process within a second', async () => {
      const sibling = await test.sibling();
      const who = await person();
      expect(await me(who, sibling)).toMatchObject({ status: 200 });

      await pushed(cancel(who));

      const began = performance.now();
      await eventually('the session is over in the sibling', async () => (await me(who, sibling)).status === 401);
      expect(performance.now() - began).toBeLessThan(1_500);
      await sibling.close();
    });
  });

  describe('once, whatever happens', () => {
    const actsOf = () => jest.spyOn(test.app.get(UserErasure), 'eraseFields');

    it('acts once on an event that WeChat sends three times', async () => {
      const who = await person();
      const acts = actsOf();
      const fields = clean(who);
      for (let i = 0; i < 3; i++) await pushed(fields);
      expect(acts).toHaveBeenCalledTimes(1);
      expect(await auditOf(who, 'wechat.user_info_modified')).toHaveLength(1);
    });

    it('acts once on an event that two servers get ten times each at once', async () => {
      const sibling = await test.sibling();
      const who = await person();
      const acts = [actsOf(), jest.spyOn(sibling.app.get(UserErasure), 'eraseFields')];
      const fields = clean(who);

      const servers = Array.from({ length: 20 }, (_, i) => (i % 2 ? test : sibling));
      const answers = await Promise.all(servers.map((server) => pushes.push(fields, server)));
      await settled();

      expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(20).fill([200, 'success']));
      expect(acts.flatMap(({ mock }) => mock.calls)).toHaveLength(1);
      await sibling.close();
    });

    it('answers in less than a second while the work takes longer', async () => {
      const who = await person();
      let finish = () => {};
      const slow = new Promise<void>((resolve) => (finish = resolve));
      const erasure = test.app.get(UserErasure);
      const find = erasure.findWechatUser.bind(erasure);
      jest.spyOn(erasure, 'findWechatUser').mockImplementation((account) => slow.then(() => find(account)));

      const began = performance.now();
      expect(await pushes.push(clean(who))).toMatchObject({ status: 200 });
      expect(performance.now() - began).toBeLessThan(1_000);
      expect(await profileOf(who)).toEqual(whole);

      finish();
      await settled();
      expect(await profileOf(who)).toMatchObject({ nickname: null });
    });

    it('takes up what a crashed process has claimed, when its lease is over and not before', async () => {
      const who = await person();
      let wakeUp = (_: string) => {};
      const asleep = new Promise<string>((resolve) => (wakeUp = resolve));
      const crashed = await test.sibling();
      jest.spyOn(crashed.app.get(UserErasure), 'findWechatUser').mockReturnValue(asleep);
      await pushes.push(clean(who), crashed);
      await eventually('the event is claimed', async () => (await claimed()) === 1);

      await pushes.push(message('user_info_modified', { ...who, openid: 'oWakesTheWorker' }));
      await eventually('the worker has seen what is due', async () => (await due()) === 0);
      expect(await profileOf(who)).toEqual(whole);

      test.clock.advance(LONGER_THAN_A_LEASE);
      const restarted = await test.sibling();
      await settled();
      expect(await profileOf(who)).toMatchObject({ nickname: null });
      await restarted.close();

      await rows("UPDATE users SET nickname = 'of later' WHERE id = ?", [who.id]);
      wakeUp(who.id);
      await crashed.close();
      expect(await profileOf(who)).toMatchObject({ nickname: 'of later' });
    });

    it('tries again after a growing pause, and gives up after eight times with an error in the log', async () => {
      const who = await person();
      const acts = actsOf().mockRejectedValue(new Error('the disk is full'));
      await pushes.push(clean(who));
      for (let attempt = 1; attempt <= 8; attempt++) {
        await eventually(`attempt ${attempt}`, async () => acts.mock.calls.length === attempt);
        await settled();
        test.clock.advance({ minutes: 16 });
        await pushes.push(message('debug_demo', who));
        await pushes.push(message('user_info_modified', { ...who, openid: `oWakesTheWorker${attempt}` }));
      }
      await settled();

      expect(acts).toHaveBeenCalledTimes(8);
      expect(test.watch.lines.some((line) => line.includes('given up') && line.includes('"level":50'))).toBe(true);
      expect(await profileOf(who)).toEqual(whole);
    });

    it('recovers when a failure passes, without doing anything twice', async () => {
      const who = await person();
      const endings = actsOf().mockRejectedValueOnce(new Error('the database went away'));
      await pushes.push(cancel(who));
      await eventually('the first attempt', async () => endings.mock.calls.length === 1);
      await settled();
      test.clock.advance({ seconds: 2 });
      await wake();

      expect(await rows('SELECT * FROM wechat_accounts WHERE openid = ?', [who.openid])).toEqual([]);
      expect(await auditOf(who, 'wechat.user_authorization_cancellation')).toHaveLength(1);
    });

    it('keeps neither openid nor codes where they can be read', async () => {
      const who = await person();
      await pushed(revoke(who, '8'));
      const stored = await rows<{ payload_encrypted: string | null }>("SELECT * FROM push_events WHERE state = 'done'");
      expect(stored.map(({ payload_encrypted }) => payload_encrypted)).toEqual(stored.map(() => null));
      expect(JSON.stringify(stored)).not.toContain(who.openid);
    });
  });

  it('forgets after a week what was done', async () => {
    await wake();
    const FINISHED = "SELECT id FROM push_events WHERE state IN ('done', 'ignored')";
    const finished = (await rows<{ id: number }>(FINISHED)).map(({ id }) => id);
    test.clock.advance({ days: 8 });
    const restarted = await test.sibling();
    await eventually('the finished events are gone', async () => {
      const left = await rows<{ id: number }>(FINISHED);
      return !left.some(({ id }) => finished.includes(id));
    });
    await restarted.close();
  });
});
