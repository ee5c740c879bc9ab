import { eventuallyFound } from '../support/eventually.js';
import { PushedAccounts, WHOLE } from '../support/pushed-accounts.js';
import { isMysql } from '../support/test-database.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const LONGER_THAN_AN_ACCESS_TOKEN = { minutes: 17 };

describe('what WeChat pushes about an account', () => {
  let scene: PushedAccounts;
  beforeAll(async () => {
    scene = await PushedAccounts.start();
  });
  afterAll(() => scene?.test.close());

  describe('user_authorization_revoke', () => {
    it.each([
      ['6', { nickname: null, avatar_url: null }],
      ['19', { nickname: null }],
      ['20', { avatar_url: null }],
      ['16', { email: null }],
      ['6,16', { nickname: null, avatar_url: null, email: null }],
      ['1,2,13', {}],
    ])('erases for the code %s what it names and nothing else', async (codes, erased) => {
      const who = await scene.person();
      await scene.push(scene.revoke(who, codes));

      expect(await scene.profileOf(who)).toEqual({ ...WHOLE, ...erased });
      expect(await scene.me(who)).toMatchObject({ status: 200 });
      expect(await scene.audited(who, 'wechat.user_authorization_revoke')).toBe(true);
    });

    it('leaves everybody else alone', async () => {
      const [who, other] = [await scene.person(), await scene.person()];
      await scene.push(scene.revoke(who, '6,16'));
      expect(await scene.profileOf(other)).toEqual(WHOLE);
    });

    it('takes two revocations in one second for two', async () => {
      const who = await scene.person();
      const at = { CreateTime: scene.test.clock.nowSeconds() };
      await scene.push({ ...scene.revoke(who, '19'), ...at });
      await scene.push({ ...scene.revoke(who, '20'), ...at });
      expect(await scene.profileOf(who)).toEqual({ ...WHOLE, nickname: null, avatar_url: null });
    });
  });

  describe('user_info_modified', () => {
    it('clears the nickname and the avatar WeChat has found fault with', async () => {
      const who = await scene.person();
      await scene.push(scene.clean(who));
      expect(await scene.profileOf(who)).toEqual({ ...WHOLE, nickname: null, avatar_url: null });
    });

    it('changes nothing when it does not say whom it is about, or names nobody we know', async () => {
      const who = await scene.person();
      await scene.push({ ...scene.clean({ openid: '' }), FromUserName: who.openid });
      await scene.push(scene.clean({ ...who, openid: 'oNobodyWeKnow' }));
      await scene.push(scene.clean({ ...who, openid: who.openid.toLowerCase() }));
      expect(await scene.profileOf(who)).toEqual(WHOLE);
    });
  });

  describe('user_authorization_cancellation', () => {
    it('ends every session at once, and forgets the WeChat account and what came with it', async () => {
      const who = await scene.person();
      await scene.push(scene.cancel(who));

      expect(await scene.me(who)).toMatchObject({ status: 401, body: { code: 'sessions.ended' } });
      expect(await scene.test.client.refresh(who.refreshToken)).toMatchObject({ status: 401 });
      expect(await scene.rows('SELECT * FROM wechat_accounts WHERE openid = ?', [who.openid])).toEqual([]);
      expect(await scene.profileOf(who)).toMatchObject({ nickname: null, avatar_url: null });
      const [session] = await scene.rows('SELECT end_reason FROM sessions WHERE user_id = ?', [who.id]);
      expect(session).toEqual({ end_reason: 'wechat_cancelled' });
      expect(await scene.audited(who, 'wechat.user_authorization_cancellation')).toBe(true);
      expect(await scene.audited(who, 'session.ended')).toBe(true);
    });

    it('erases someone with no other way in, once their last access token is dead', async () => {
      const who = await scene.person();
      await scene.push(scene.cancel(who));
      expect(await scene.rows('SELECT id FROM users WHERE id = ?', [who.id])).toHaveLength(1);

      scene.test.clock.advance(LONGER_THAN_AN_ACCESS_TOKEN);
      await scene.wake();
      await scene.settled();

      expect(await scene.rows('SELECT id FROM users WHERE id = ?', [who.id])).toEqual([]);
      expect(await scene.rows('SELECT id FROM sessions WHERE user_id = ?', [who.id])).toEqual([]);
    });

    it('keeps someone who can log in with a password, or in another mini-program', async () => {
      const [byPassword, elsewhere] = [await scene.person(), await scene.person()];
      await scene.rows("UPDATE users SET password_hash = 'x' WHERE id = ?", [byPassword.id]);
      const account = [
        elsewhere.id,
        'wx0000000000000002',
        'oElsewhere',
        ...Array<Date>(3).fill(scene.test.clock.now()),
      ];
      await scene.rows(
        'INSERT INTO wechat_accounts (user_id, app_id, openid, last_login_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
        account,
      );

      await scene.push(scene.cancel(byPassword));
      await scene.push(scene.cancel(elsewhere));
      scene.test.clock.advance(LONGER_THAN_AN_ACCESS_TOKEN);
      await scene.wake();
      await scene.settled();

      expect(await scene.rows('SELECT id FROM users WHERE id IN (?, ?)', [byPassword.id, elsewhere.id])).toHaveLength(
        2,
      );
    });

    it('lets them come back as somebody new', async () => {
      const who = await scene.person();
      await scene.push(scene.cancel(who));
      const again = await loginWithWechat(scene.test, who.name);
      expect(again).toMatchObject({ status: 200, body: { isNewUser: true } });
      expect(again.body.user.id).not.toBe(who.id);
    });

    (isMysql ? it : it.skip)('is felt in another process within a second', async () => {
      const sibling = await scene.test.sibling();
      const who = await scene.person();
      expect(await scene.me(who, sibling)).toMatchObject({ status: 200 });

      await scene.push(scene.cancel(who));

      const began = performance.now();
      await eventuallyFound(
        'the session is over in the sibling',
        async () => (await scene.me(who, sibling)).status === 401,
      );
      expect(performance.now() - began).toBeLessThan(1_500);
      await sibling.close();
    });
  });
});
