import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { auditEvents, countRows } from '../support/account-rows.js';
import { APPS, newUnionid, startWithMiniPrograms } from '../support/mini-programs.js';
import { flushBatches, statementsDuring } from '../support/statements.js';
import type { TestApp } from '../support/test-app.js';

describe('POST /api/v1/auth/wechat with several mini-programs', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startWithMiniPrograms({ REVOCATION_POLL_MS: '60000' });
  });
  afterAll(() => test?.close());

  const code = (user: string, app: { id: string }, ids: { unionid?: string; openid?: string } = {}) =>
    test.wechat.code(user, { appId: app.id, ...ids });
  const exchange = (loginCode: string, app: { id: string }) =>
    test.client.post<TokensDto>('/api/v1/auth/wechat', { code: loginCode, appId: app.id });
  const login = async (user: string, app: { id: string }, ids: { unionid?: string; openid?: string } = {}) =>
    (await exchange(await code(user, app, ids), app)).body;

  it('takes the same openid under two apps for two accounts of two people', async () => {
    const openid = 'oSameOpenid_________________';

    const shop = await login('same-1', APPS.shop, { openid });
    const game = await login('same-2', APPS.game, { openid });

    expect([shop.isNewUser, game.isNewUser]).toEqual([true, true]);
    expect(game.user.id).not.toBe(shop.user.id);
    expect(await countRows(test, 'wechat_accounts', 'openid = ?', [openid])).toBe(2);
  });

  it('knows a person of one app when they first open another app of the group', async () => {
    const unionid = newUnionid();
    const shop = await login('two-apps', APPS.shop, { unionid });

    const game = await login('two-apps', APPS.game, { unionid });

    expect(shop.isNewUser).toBe(true);
    expect(game).toMatchObject({ isNewUser: false, user: { id: shop.user.id } });
    expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [shop.user.id])).toBe(2);
    const attached = (await auditEvents(test, 'wechat.attached')).filter(({ userId }) => userId === shop.user.id);
    expect(attached).toEqual([{ userId: shop.user.id, outcome: 'ok', detail: { appId: APPS.game.id, by: 'unionid' } }]);
  });

  it('does not believe a unionid across Open Platform groups, nor where no group is named', async () => {
    const unionid = newUnionid();
    const shop = await login('groups', APPS.shop, { unionid });

    const partner = await login('groups', APPS.partner, { unionid });
    const alone = await login('groups', APPS.alone, { unionid });

    expect([partner.isNewUser, alone.isNewUser]).toEqual([true, true]);
    expect(new Set([shop, partner, alone].map(({ user }) => user.id)).size).toBe(3);
  });

  it('ties a unionid that appears later to the account that is there', async () => {
    const before = await login('late', APPS.shop);
    const unionid = newUnionid();

    const after = await login('late', APPS.shop, { unionid });
    const game = await login('late', APPS.game, { unionid });

    expect(after).toMatchObject({ isNewUser: false, user: { id: before.user.id } });
    expect(game).toMatchObject({ isNewUser: false, user: { id: before.user.id } });
  });

  it('merges nothing when the late unionid names somebody else, and says so once a login', async () => {
    const unionid = newUnionid();
    const first = await login('conflict', APPS.shop);
    const second = await login('conflict', APPS.game, { unionid });

    const again = await login('conflict', APPS.shop, { unionid });
    await login('conflict', APPS.shop, { unionid });

    expect(second.user.id).not.toBe(first.user.id);
    expect(again).toMatchObject({ isNewUser: false, user: { id: first.user.id } });
    const events = await auditEvents(test, 'union.conflict');
    const conflict = {
      userId: first.user.id,
      outcome: 'refused',
      detail: { appId: APPS.shop.id, unionUserId: second.user.id },
    };
    expect(events).toEqual([conflict, conflict]);
  });

  it('refuses an app that is not configured', async () => {
    const answer = await test.client.post('/api/v1/auth/wechat', { code: 'abc', appId: 'wx00000000000000ff' });

    expect(answer).toMatchObject({ status: 400, body: { code: 'wechat.app_unknown' } });
  });

  it('makes one user of 200 first logins at once under two apps of the group', async () => {
    const unionid = newUnionid();
    const users = await countRows(test, 'users');
    const apps = Array.from({ length: 200 }, (_, i) => (i % 2 ? APPS.shop : APPS.game));
    const codes = await Promise.all(apps.map((app) => code('crowd', app, { unionid })));

    const answers = await Promise.all(codes.map((each, i) => exchange(each, apps[i]!)));

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.isNewUser)).toHaveLength(1);
    expect(await countRows(test, 'users')).toBe(users + 1);
    expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [answers[0]!.body.user.id])).toBe(2);
    expect(await countRows(test, 'wechat_unions', 'unionid = ?', [unionid])).toBe(1);
  });

  it('ties one late unionid to one user when 200 logins bring it at once', async () => {
    const [shop, game] = [await login('late-crowd', APPS.shop), await login('late-crowd', APPS.game)];
    const unionid = newUnionid();
    const apps = Array.from({ length: 200 }, (_, i) => (i % 2 ? APPS.shop : APPS.game));
    const codes = await Promise.all(apps.map((app) => code('late-crowd', app, { unionid })));

    const answers = await Promise.all(codes.map((each, i) => exchange(each, apps[i]!)));

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    answers.forEach(({ body }, i) => expect(body.user.id).toBe((i % 2 ? shop : game).user.id));
    expect(await countRows(test, 'wechat_unions', 'unionid = ?', [unionid])).toBe(1);
  });

  describe('statements', () => {
    const statementsOf = async (loginCode: string, app: { id: string }) => {
      await flushBatches(test.app);
      return statementsDuring(test.dataSource, () => exchange(loginCode, app));
    };

    it('are four for someone known, with a unionid or without', async () => {
      const unionid = newUnionid();
      await login('known-1', APPS.shop);
      await login('known-2', APPS.shop, { unionid });

      expect(await statementsOf(await code('known-1', APPS.shop), APPS.shop)).toHaveLength(4);
      expect(await statementsOf(await code('known-2', APPS.shop, { unionid }), APPS.shop)).toHaveLength(4);
    });

    it('are two more for someone new with a unionid than without', async () => {
      const without = await statementsOf(await code('new-1', APPS.shop), APPS.shop);
      const withUnionid = await statementsOf(await code('new-2', APPS.shop, { unionid: newUnionid() }), APPS.shop);

      expect(without).toHaveLength(6);
      expect(withUnionid).toHaveLength(8);
    });
  });
});
