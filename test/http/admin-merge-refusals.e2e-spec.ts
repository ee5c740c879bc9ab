import { UsersService } from '../../src/users/users.service.js';
import { whoAmI } from '../support/caller.js';
import { Merging } from '../support/merging.js';
import { startWithMiniPrograms } from '../support/mini-programs.js';
import { registered } from '../support/password-users.js';
import type { TestApp } from '../support/test-app.js';

describe('POST /api/v1/admin/users/:id/merge', () => {
  let test: TestApp;
  let admin: Merging;
  let users: UsersService;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
    admin = await Merging.start(test);
    users = test.app.get(UsersService);
  });
  afterAll(() => test?.close());

  describe('is refused', () => {
    it('to everyone but an admin', async () => {
      const { user, accessToken } = await admin.newcomer();
      const body = { into: user.id };

      expect(await admin.refusal(user.id, body, accessToken)).toMatchObject({ status: 403, code: 'auth.forbidden' });
      expect((await test.client.post(`/api/v1/admin/users/${user.id}/merge`, body)).status).toBe(401);
    });

    it('when both have a username', async () => {
      const [from, into] = [await registered(test), await registered(test)];

      const answer = await admin.refusal(from.user.id, { into: into.user.id });

      expect(answer).toMatchObject({ status: 409, code: 'users.merge_conflict' });
      expect(answer.fields).toContain('username');
      expect((await whoAmI(test, from.accessToken)).body.id).toBe(from.user.id);
    });

    it('when both have a phone, in a dry run too', async () => {
      const [from, into] = [await admin.newcomer(), await admin.newcomer()];
      await users.setPhone(from.user.id, { phoneNumber: '+8613700000004' });
      await users.setPhone(into.user.id, { phoneNumber: '+8613700000005' });
      const conflict = { status: 409, code: 'users.merge_conflict', fields: ['phone'] };

      expect(await admin.refusal(from.user.id, { into: into.user.id, dryRun: true })).toEqual(conflict);
      expect(await admin.refusal(from.user.id, { into: into.user.id })).toEqual(conflict);
    });

    it('when it would make an admin of somebody', async () => {
      const [from, into] = [await admin.newcomer(), await admin.newcomer()];
      await test.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ?`, [into.user.id]);

      expect(await admin.refusal(from.user.id, { into: into.user.id })).toMatchObject({
        status: 409,
        fields: ['role'],
      });
    });

    it('when the user was merged into another one, or is the same', async () => {
      const [from, into, other] = [await admin.newcomer(), await admin.newcomer(), await admin.newcomer()];
      await admin.merge(from, into);
      const conflict = { status: 409, code: 'users.merge_conflict' };

      expect(await admin.refusal(from.user.id, { into: other.user.id })).toMatchObject(conflict);
      expect(await admin.refusal(into.user.id, { into: from.user.id })).toMatchObject(conflict);
      expect(await admin.refusal(other.user.id, { into: other.user.id })).toMatchObject(conflict);
    });

    it('when there is no such user, or what is named is no user id', async () => {
      const { user } = await admin.newcomer();

      expect(await admin.refusal('999999999', { into: user.id })).toMatchObject({
        status: 404,
        code: 'users.not_found',
      });
      expect(await admin.refusal(user.id, { into: '999999999' })).toMatchObject({
        status: 404,
        code: 'users.not_found',
      });
      expect(await admin.refusal(`${user.id}x`, { into: user.id })).toMatchObject({
        status: 404,
        code: 'users.not_found',
      });
      expect(await admin.refusal(user.id, { into: 12 })).toMatchObject({ status: 400, fields: ['into'] });
      expect(await admin.refusal(user.id, { into: user.id, dryRun: 'yes' })).toMatchObject({
        status: 400,
        fields: ['dryRun'],
      });
    });
  });
});
