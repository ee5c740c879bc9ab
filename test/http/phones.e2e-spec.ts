import type { UserDto } from '../../src/users/dto/user.dto.js';
import { PhoneTakenError } from '../../src/users/users.errors.js';
import { UsersService } from '../../src/users/users.service.js';
import { auditEvents, countRows, register } from '../support/account-rows.js';
import { APPS, newUnionid, startWithMiniPrograms } from '../support/mini-programs.js';
import { type TestApp } from '../support/test-app.js';

describe('phone numbers', () => {
  let test: TestApp;
  let users: UsersService;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
    users = test.app.get(UsersService);
  });
  afterAll(() => test?.close());

  let counter = 0;
  const newNumber = (): string => {
    const digits = `138${String(++counter).padStart(8, '0')}`;
    test.watch.keepSecret('a phone number', digits);
    return `+86${digits}`;
  };
  const phoneLogin = (openid: string, phoneNumber?: string, more: { appId?: string; unionid?: string } = {}) =>
    users.findOrCreateByWechat({
      ...{ appId: APPS.shop.id, openid, sessionKey: 'AAAAAAAAAAAAAAAAAAAAAA==' },
      ...more,
      phone: phoneNumber === undefined ? undefined : { phoneNumber },
    });

  describe('of a user', () => {
    it('are shown masked to their owner, at login and in the profile', async () => {
      const { user, accessToken, refreshToken } = await register(test);

      const summary = await users.setPhone(user.id, { phoneNumber: newNumber() });

      const masked = expect.stringMatching(/^138\*{4}\d{4}$/) as string;
      expect(summary).toMatchObject({ id: user.id, phone: masked });
      const me = await test.client.get<UserDto>('/api/v1/users/me', { token: accessToken });
      expect(me.body.phone).toBe(summary.phone);
      expect((await test.client.refresh(refreshToken)).body.user.phone).toBe(summary.phone);
    });

    it('are not readable in the database', async () => {
      const { user } = await register(test);
      const phoneNumber = newNumber();

      await users.setPhone(user.id, { phoneNumber });

      const [row] = await test.dataSource.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = ?', [user.id]);
      expect(row).toMatchObject({ phone_encrypted: expect.stringMatching(/^[0-9a-f]{8}\.[\w-]+$/) as string });
      expect(row!.phone_hash).toHaveLength(32);
      expect(JSON.stringify(row)).not.toContain(phoneNumber.slice(3));
      expect(Buffer.from(row!.phone_hash as Buffer).toString('latin1')).not.toContain(phoneNumber.slice(3));
    });

    it('find their user, and nobody once they are replaced', async () => {
      const { user } = await register(test);
      const [first, second] = [newNumber(), newNumber()];

      await users.setPhone(user.id, { phoneNumber: first });
      expect(await users.findByPhone(first)).toMatchObject({ id: user.id });
      await users.setPhone(user.id, { phoneNumber: second });

      expect(await users.findByPhone(first)).toBeNull();
      expect(await users.findByPhone(second)).toMatchObject({ id: user.id });
    });

    it('may be given again to who has them, and to nobody else', async () => {
      const [owner, other] = [await register(test), await register(test)];
      const phoneNumber = newNumber();
      await users.setPhone(owner.user.id, { phoneNumber });

      await expect(users.setPhone(owner.user.id, { phoneNumber })).resolves.toMatchObject({ id: owner.user.id });
      await expect(users.setPhone(other.user.id, { phoneNumber })).rejects.toThrow(PhoneTakenError);
    });

    it('go to exactly one of 200 users who ask for one at once', async () => {
      const people = await Promise.all(Array.from({ length: 200 }, (_, i) => phoneLogin(`oRace${i}`)));
      const phoneNumber = newNumber();

      const answers = await Promise.allSettled(people.map(({ user }) => users.setPhone(user.id, { phoneNumber })));

      const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
      expect(refused).toHaveLength(199);
      expect(refused.filter((error) => !(error instanceof PhoneTakenError))).toEqual([]);
    });
  });

  describe('that come with a WeChat login', () => {
    it('are kept with the new user', async () => {
      const phoneNumber = newNumber();

      const { user, isNewUser } = await phoneLogin('oNewWithPhone', phoneNumber);

      expect(isNewUser).toBe(true);
      expect(await users.findByPhone(phoneNumber)).toEqual(user);
    });

    it('tie an account that is not known to the user who has the verified number', async () => {
      const { user: owner } = await register(test);
      const phoneNumber = newNumber();
      await users.setPhone(owner.id, { phoneNumber });

      const first = await phoneLogin('oAttachedByPhone', phoneNumber);
      const second = await phoneLogin('oAttachedByPhone');

      expect([first.isNewUser, first.user.id]).toEqual([false, owner.id]);
      expect(second.user.id).toBe(owner.id);
      const [event] = (await auditEvents(test, 'wechat.attached')).filter(({ userId }) => userId === owner.id);
      expect(event!.detail).toEqual({ appId: APPS.shop.id, by: 'phone' });
    });

    it('yield to a unionid that names another user', async () => {
      const unionid = newUnionid();
      const phoneNumber = newNumber();
      const { user: byUnion } = await phoneLogin('oByUnion', undefined, { unionid });
      const { user: byPhone } = await phoneLogin('oByPhone', phoneNumber);

      const { user } = await phoneLogin('oBoth', phoneNumber, { unionid, appId: APPS.game.id });

      expect(user).toMatchObject({ id: byUnion.id, phone: null });
      expect(user.id).not.toBe(byPhone.id);
      expect(await auditEvents(test, 'phone.conflict')).toEqual([
        { userId: byUnion.id, outcome: 'refused', detail: { appId: APPS.game.id } },
      ]);
    });

    it('give a known user the first number, and never another one', async () => {
      const [first, second] = [newNumber(), newNumber()];
      await phoneLogin('oKnownFirst');

      const { user } = await phoneLogin('oKnownFirst', first);
      await phoneLogin('oKnownFirst', second);

      expect(await users.findByPhone(first)).toMatchObject({ id: user.id, phone: user.phone });
      expect(await users.findByPhone(second)).toBeNull();
    });

    it('make one user of 200 accounts that bring one number at once', async () => {
      const phoneNumber = newNumber();
      const before = await countRows(test, 'users');

      const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => phoneLogin(`oCrowd${i}`, phoneNumber)));

      expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
      expect(answers.filter(({ isNewUser }) => isNewUser)).toHaveLength(1);
      expect(await countRows(test, 'users')).toBe(before + 1);
      expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [answers[0]!.user.id])).toBe(200);
    });
  });

  describe('session keys', () => {
    const KEYS = { shop: 'c2hvcC1zZXNzaW9uLWtleQ==', game: 'Z2FtZS1zZXNzaW9uLWtleQ==', renewed: 'cmVuZXdlZC1zZXNzLWtleQ==' };

    it('are found for the app that is named, and otherwise for the last login', async () => {
      const unionid = newUnionid();
      const login = { openid: 'oKeys', unionid };
      const { user } = await users.findOrCreateByWechat({ ...login, appId: APPS.shop.id, sessionKey: KEYS.shop });
      test.clock.advance({ seconds: 1 });
      await users.findOrCreateByWechat({ ...login, appId: APPS.game.id, sessionKey: KEYS.game });

      const shop = { appId: APPS.shop.id, openid: 'oKeys', sessionKey: KEYS.shop };
      const game = { appId: APPS.game.id, openid: 'oKeys', sessionKey: KEYS.game, sessionKeyAt: test.clock.now() };
      expect(await users.findWechatAccount(user.id, APPS.shop.id)).toMatchObject(shop);
      expect(await users.findWechatAccount(user.id)).toEqual(game);
      expect(await users.findWechatAccount(user.id, APPS.partner.id)).toBeNull();
    });

    it('are replaced and forgotten', async () => {
      const account = { appId: APPS.shop.id, openid: 'oReplaced' };
      const { user } = await users.findOrCreateByWechat({ ...account, sessionKey: KEYS.shop });

      await users.replaceSessionKey(account, KEYS.renewed);
      expect(await users.findWechatAccount(user.id)).toMatchObject({ ...account, sessionKey: KEYS.renewed });
      await users.replaceSessionKey(account, null);

      expect(await users.findWechatAccount(user.id)).toEqual({ ...account, sessionKey: null, sessionKeyAt: null });
    });
  });
});
