import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { auditEvents, countRows } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { APPS, newUnionid, startWithMiniPrograms } from '../../support/mini-programs.js';
import { outcomes } from '../../support/outcome.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import type { TestApp } from '../../support/test-app.js';

describe('binding a WeChat account', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
  });
  afterAll(() => test?.close());

  const shop = APPS.shop.id;
  const codeOf = async (user: string, appId = shop, unionid?: string) => ({
    code: await test.wechat.code(user, { appId, unionid }),
    appId,
  });
  const wechatLogin = async (user: string, appId = shop, unionid?: string) =>
    (await test.client.post<TokensDto>('/api/v1/auth/wechat', await codeOf(user, appId, unionid))).body;
  const newcomer = async () => {
    const tokens = await registered(test);
    return { ...tokens, account: new OwnAccount(test, tokens) };
  };

  it('lets its owner log in to the same account from then on', async () => {
    const { account, user } = await newcomer();

    expect((await account.bindWechat(await codeOf('binding'))).status).toBe(204);

    expect((await wechatLogin('binding')).user.id).toBe(user.id);
    expect((await account.credentials()).wechat).toMatchObject([{ appId: shop }]);
    expect(await auditEvents(test, 'wechat.bound')).toContainEqual({
      userId: user.id,
      outcome: 'ok',
      detail: { appId: shop },
    });
  });

  it('may be repeated, as after a lost answer', async () => {
    const { account, user } = await newcomer();
    await account.bindWechat(await codeOf('repeating'));

    expect((await account.bindWechat(await codeOf('repeating'))).status).toBe(204);
    expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [user.id])).toBe(1);
  });

  it('refuses one of somebody else, and a second one in the same mini-program', async () => {
    await wechatLogin('somebody');
    const { account } = await newcomer();

    expectProblem(await account.bindWechat(await codeOf('somebody')), 409, 'users.wechat_already_bound');
    await account.bindWechat(await codeOf('first'));
    const second = await account.bindWechat(await codeOf('second'));
    expectProblem(second, 409, 'users.wechat_already_bound');
    expect(second.body.detail).toMatch(/请先解绑/);
  });

  it('refuses one whose unionid names somebody else', async () => {
    const unionid = newUnionid();
    await wechatLogin('in-the-game', APPS.game.id, unionid);
    const { account } = await newcomer();

    const answer = await account.bindWechat(await codeOf('in-the-game', shop, unionid));

    expectProblem(answer, 409, 'users.wechat_already_bound');
  });

  it('needs a recent login, and leaves the code unused without one', async () => {
    const { refreshToken } = await newcomer();
    test.clock.advance({ minutes: 16 });
    const account = new OwnAccount(test, (await test.client.refresh(refreshToken)).body);
    const exchanges = () => test.wechat.countCalls('/sns/jscode2session');
    const before = await exchanges();

    expectProblem(await account.bindWechat(await codeOf('too-late')), 403, 'auth.reauthentication_required');

    expect(await exchanges()).toBe(before);
  });

  it('gives a WeChat account to one of 200 who ask at once', async () => {
    const crowd: { account: OwnAccount }[] = [];
    for (let n = 0; n < 20; n++) crowd.push(await newcomer());
    const proofs = await Promise.all(Array.from({ length: 200 }, () => codeOf('wanted')));

    const answers = await Promise.all(proofs.map((proof, n) => crowd[n % 20]!.account.bindWechat(proof)));

    expect(outcomes(answers)).toEqual({ 204: 10, '409 users.wechat_already_bound': 190 });
    expect(await countRows(test, 'wechat_accounts', 'openid = ?', [await openidOf('wanted')])).toBe(1);
  });

  const openidOf = async (user: string) => {
    const { user: owner } = await wechatLogin(user);
    const sql = 'SELECT openid FROM wechat_accounts WHERE user_id = ?';
    const [row] = await test.dataSource.query<{ openid: string }[]>(sql, [owner.id]);
    return row!.openid;
  };
});
