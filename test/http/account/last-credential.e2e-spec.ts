import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { auditEvents, countRows } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { APPS, startWithMiniPrograms } from '../../support/mini-programs.js';
import { outcomes } from '../../support/outcome.js';
import { PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import type { TestApp } from '../../support/test-app.js';

describe('removing a way to log in', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
  });
  afterAll(() => test?.close());

  const [shop, partner] = [APPS.shop.id, APPS.partner.id];
  const proof = async (user: string, appId = shop) => ({ code: await test.wechat.code(user, { appId }), appId });

  /** Somebody who came through WeChat in the shop, and has nothing else. */
  const wechatUser = async (name: string) => {
    const { body } = await test.client.post<TokensDto>('/api/v1/auth/wechat', await proof(name));
    return { ...body, account: new OwnAccount(test, body) };
  };
  const withPhone = async (name: string) => {
    const [{ code: loginCode }, phoneCode] = [await proof(name), await test.wechat.phoneCode(name)];
    const { body } = await test.client.post<TokensDto>('/api/v1/auth/phone', { loginCode, phoneCode, appId: shop });
    return { ...body, account: new OwnAccount(test, body) };
  };

  it('unbinds WeChat once there is a password, and WeChat no longer leads to the account', async () => {
    const { account, user } = await wechatUser('leaving');
    expectProblem(await account.unbindWechat(shop), 409, 'users.last_credential');
    await account.chooseUsername({ username: 'Leaving01', password: PASSWORD });

    expect((await account.unbindWechat(shop)).status).toBe(204);

    expect(await account.credentials()).toEqual({ password: true, wechat: [], phone: false });
    expect((await wechatUser('leaving')).user.id).not.toBe(user.id);
    expect(await auditEvents(test, 'wechat.unbound')).toEqual([
      { userId: user.id, outcome: 'ok', detail: { appId: shop } },
    ]);
  });

  it('knows which mini-programs are bound', async () => {
    const { account } = await wechatUser('only-the-shop');

    expectProblem(await account.unbindWechat(partner), 409, 'users.wechat_not_bound');
    expectProblem(await account.unbindWechat('wxffffffffffffffff'), 409, 'users.wechat_not_bound');
  });

  it('removes the phone number while there is WeChat, and WeChat while there is a phone number', async () => {
    const first = await withPhone('caller-one');
    expect((await first.account.removePhone()).status).toBe(204);
    expect((await first.account.removePhone()).status).toBe(204);
    expectProblem(await first.account.unbindWechat(shop), 409, 'users.last_credential');

    const second = await withPhone('caller-two');
    expect((await second.account.unbindWechat(shop)).status).toBe(204);
    expectProblem(await second.account.removePhone(), 409, 'users.last_credential');
    expect((await withPhone('caller-two')).user.id).toBe(second.user.id);
    expect(await auditEvents(test, 'phone.removed')).toHaveLength(1);
  });

  it('does not take an e-mail address for a way to log in', async () => {
    const { account } = await wechatUser('with-address');
    await account.changeProfile({ email: 'with-address@example.com' });

    expectProblem(await account.unbindWechat(shop), 409, 'users.last_credential');
  });

  it('leaves one way of two that 200 requests remove at the same moment', async () => {
    const { account, user } = await wechatUser('both');
    await account.bindWechat(await proof('both', partner));

    const requests = Array.from({ length: 200 }, (_, n) => account.unbindWechat(n % 2 ? shop : partner));
    const counts = outcomes(await Promise.all(requests));

    expect(counts).toEqual({ 204: 1, '409 users.wechat_not_bound': 99, '409 users.last_credential': 100 });
    expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [user.id])).toBe(1);
  });

  it('leaves one of three different ways that are all removed at the same moment', async () => {
    const { account } = await withPhone('three-ways');
    await account.bindWechat(await proof('three-ways', partner));
    const ways = [() => account.unbindWechat(shop), () => account.unbindWechat(partner), () => account.removePhone()];

    const counts = outcomes(await Promise.all(Array.from({ length: 201 }, (_, n) => ways[n % 3]!())));

    expect(counts['500 internal']).toBeUndefined();
    const { wechat, phone } = await account.credentials();
    expect(wechat.length + Number(phone)).toBe(1);
  });

  it('needs a recent login for each', async () => {
    const { refreshToken } = await withPhone('no-longer-recent');
    test.clock.advance({ minutes: 16 });
    const account = new OwnAccount(test, (await test.client.refresh(refreshToken)).body);

    for (const answer of [await account.removePhone(), await account.unbindWechat(shop)])
      expectProblem(answer, 403, 'auth.reauthentication_required');
    expectProblem(await account.bindWechat(await proof('x', partner)), 403, 'auth.reauthentication_required');
    expectProblem(
      await account.chooseUsername({ username: 'Late01', password: PASSWORD }),
      403,
      'auth.reauthentication_required',
    );
  });
});
