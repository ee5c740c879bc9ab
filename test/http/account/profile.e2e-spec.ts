import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../../src/platform/errors/problem-details.dto.js';
import { auditEvents } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { outcomes } from '../../support/outcome.js';
import { login, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

const AVATAR = 'https://example.com/avatars/1.png';

describe('PUT /api/v1/users/me', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const newcomer = async (fields: object = {}) => {
    const tokens = await registered(test, fields);
    return { ...tokens, account: new OwnAccount(test, tokens) };
  };

  it('changes what is given, leaves the rest, and answers the whole account', async () => {
    const { account, user } = await newcomer({ email: 'first@example.com' });

    const named = await account.changeProfile({ nickname: '小明' });
    expect(named.status).toBe(200);
    expect(named.body).toEqual({ ...user, nickname: '小明' });
    const pictured = await account.changeProfile({ avatarUrl: AVATAR });
    expect(pictured.body).toEqual({ ...user, nickname: '小明', avatarUrl: AVATAR });
    expect((await account.changeProfile({})).body).toEqual(pictured.body);
  });

  it('removes what is null', async () => {
    const { account, user } = await newcomer({ email: 'second@example.com' });
    await account.changeProfile({ nickname: '小红', avatarUrl: AVATAR });

    const { body } = await account.changeProfile({ nickname: null, avatarUrl: null, email: null });

    expect(body).toEqual({ ...user, email: null });
  });

  it.each([
    ['nickname', ''],
    ['nickname', 'x'.repeat(65)],
    ['nickname', 7],
    ['avatarUrl', 'http://example.com/a.png'],
    ['avatarUrl', 'javascript:alert(1)'],
    ['avatarUrl', 'wxfile://tmp_1.png'],
    ['avatarUrl', `https://example.com/${'x'.repeat(512)}`],
    ['email', 'nobody'],
    ['email', `${'x'.repeat(100)}@example.com`],
  ])('refuses %s %j', async (field, value) => {
    const { account } = await newcomer();

    const answer = await account.changeProfile<ProblemDetails>({ [field]: value });

    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body.errors).toMatchObject([{ field }]);
  });

  it('makes the e-mail address a name to log in with, in lower case, and leaves an event', async () => {
    const { account, user } = await newcomer();

    expect((await account.changeProfile({ email: 'Third@Example.com' })).body.email).toBe('third@example.com');

    expect((await login(test, { username: 'third@example.com' })).status).toBe(200);
    expect((await auditEvents(test, 'email.changed')).map(({ userId }) => userId)).toContain(user.id);
  });

  it('needs a recent login for another e-mail address, and for nothing else', async () => {
    const { refreshToken } = await newcomer({ email: 'fourth@example.com' });
    test.clock.advance({ minutes: 16 });
    const later = new OwnAccount(test, (await test.client.refresh(refreshToken)).body);

    const answer = await later.changeProfile<ProblemDetails>({ nickname: '小刚', email: 'other@example.com' });
    expectProblem(answer, 403, 'auth.reauthentication_required');
    const same = await later.changeProfile({ nickname: '小刚', email: 'FOURTH@example.com' });
    expect([same.status, same.body.nickname]).toEqual([200, '小刚']);
  });

  it('gives an address to one of 200 who want it at once', async () => {
    const crowd: TokensDto[] = [];
    for (let n = 0; n < 20; n++) crowd.push(await registered(test));
    const wishes = Array.from({ length: 200 }, (_, n) =>
      new OwnAccount(test, crowd[n % 20]!).changeProfile({ email: 'crowd@example.com' }),
    );

    const counts = outcomes(await Promise.all(wishes));

    const { 200: ok = 0, '409 users.email_taken': taken = 0 } = counts;
    expect({ ok, taken }).toEqual({ ok: 10, taken: 190 }); // ten wishes of the one who got it
  });
});
