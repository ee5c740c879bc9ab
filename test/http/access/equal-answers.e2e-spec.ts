import bcrypt from 'bcrypt';
import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { RefreshTokens } from '../../../src/sessions/refresh/refresh-tokens.js';
import { PasswordHasher } from '../../../src/users/passwords/password-hasher.js';
import { User } from '../../../src/users/user.entity.js';
import { Admin } from '../../support/admins.js';
import type { Answer } from '../../support/http-client.js';
import { registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { statementsDuring } from '../../support/statements.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { FROM_OUR_PAGE } from '../../support/web/web-page.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const COST = 6;
const DEVICE = { id: 'a-device-that-nobody-has', name: 'Xiaomi 14', platform: 'android' };

/** What differs from answer to answer without saying anything. */
const WITHOUT_MEANING = /^(date|x-request-id|ratelimit)$/;

/** Statements about people and their sessions, but not what the server writes and looks up behind its answers. */
const isOfTheAnswer = (sql: string): boolean =>
  /\b(users|sessions|attempt_counters)\b/.test(sql) &&
  !/INTO (audit|session)_events|SET last_seen_at|FROM wechat_accounts|ended_at|forget_at <= \? ORDER/.test(sql);

interface Seen {
  status: number;
  body: unknown;
  headers: [string, string][];
  /** The sum of 2^cost over all hashes. */
  hashing: number;
  statements: string[];
}

describe('what a stranger can see at a public door', () => {
  let test: TestApp;
  let owner: TokensDto;
  const names: Record<string, string> = {};
  beforeAll(async () => {
    test = await startTestApp({ BCRYPT_COST: String(COST), REVOCATION_POLL_MS: '60000' });
    const users = test.dataSource.getRepository(User);
    owner = await registered(test, { username: 'Existing01', email: 'existing@example.com' });
    const [banned, dormant, imported] = [await registered(test), await registered(test), await registered(test)];
    await (await Admin.start(test)).ban(banned.user.id);
    const passwordHash = await bcrypt.hash('of another time', 4);
    await users.update({ id: dormant.user.id }, { passwordHash });
    const foreign = { kind: 'md5_password_salt' as const, salt: 'x7', hash: '0'.repeat(32) };
    await users.update(
      { id: imported.user.id },
      { passwordHash: await test.app.get(PasswordHasher).takeOver(foreign) },
    );
    const { user } = (await loginWithWechat(test, 'through WeChat only')).body;
    await users.update({ id: user.id }, { username: 'Wechat01', usernameKey: 'wechat01' });
    Object.assign(names, {
      ...{ existing: 'Existing01', inOtherLetters: 'EXISTING01', byEmail: 'existing@example.com' },
      ...{ banned: banned.user.username!, withoutPassword: 'Wechat01', withAnOlderHash: dormant.user.username! },
      imported: imported.user.username!,
      ...{ unknown: 'Nobody01', unknownEmail: 'nobody@example.com' },
    });
  });
  beforeEach(() => test.clock.advance({ days: 2 })); // nobody has to wait any more
  afterAll(() => test?.close());

  /** One request, and all that it shows or costs. */
  async function see(request: () => Promise<Answer<unknown>>): Promise<Seen> {
    let hashing = 0;
    const count = (cost: number) => void (hashing += 2 ** cost);
    const spies = [jest.spyOn(bcrypt, 'compare'), jest.spyOn(bcrypt, 'hash')];
    const answers: Answer<unknown>[] = [];
    const statements = await statementsDuring(test.dataSource, async () => answers.push(await request()));
    for (const [, against] of spies[0]!.mock.calls) count(bcrypt.getRounds(String(against)));
    for (const [, cost] of spies[1]!.mock.calls) count(Number(cost));
    for (const spy of spies) spy.mockRestore();
    const { status, body, headers } = answers[0]!;
    return {
      ...{ status, hashing, statements: statements.filter(isOfTheAnswer).map(withoutWhichName) },
      body: { ...(body as object), requestId: '' },
      headers: [...headers].filter(([name]) => !WITHOUT_MEANING.test(name)),
    };
  }

  const withoutWhichName = (sql: string) => sql.replace(/\b(username_key|email)\b/g, 'name');

  /** The same request about each of those who are there and those who are not. */
  async function seeEach(request: (username: string) => Promise<Answer<unknown>>): Promise<Record<string, Seen>> {
    const seen: Record<string, Seen> = {};
    for (const [kind, username] of Object.entries(names)) seen[kind] = await see(() => request(username));
    return seen;
  }
  const sameForAll = (seen: Record<string, Seen>) => {
    for (const [kind, each] of Object.entries(seen)) expect([kind, each]).toEqual([kind, seen.unknown]);
  };

  const credentials = (username: string) => ({ username, password: WRONG_PASSWORD });
  const DOORS: [string, (username: string, more?: object) => Promise<Answer<unknown>>][] = [
    [
      'POST /api/v1/auth/login',
      (name, more) => test.client.post('/api/v1/auth/login', { ...credentials(name), ...more }),
    ],
    [
      'POST /api/auth',
      (name, more) => test.client.post('/api/auth', { action: 'login', ...credentials(name), ...more }),
    ],
    [
      'POST /api/v1/auth/web/login',
      (name, more) =>
        test.client.post('/api/v1/auth/web/login', { ...credentials(name), ...more }, { headers: FROM_OUR_PAGE }),
    ],
  ];

  it.each(DOORS)(
    'of %s after a wrong password is the same whether or not there is an account, and so are its hashing and statements',
    async (_, request) => {
      const seen = await seeEach((name) => request(name));

      expect(seen.unknown).toMatchObject({ status: 401, hashing: 2 ** COST });
      expect(seen.unknown!.statements.map((sql) => sql.split(' ')[0])).toEqual(['SELECT', 'INSERT', 'UPDATE']);
      sameForAll(seen);
    },
  );

  it.each(DOORS)(
    'of %s while the account has to wait is the same too, with a device and without',
    async (_, request) => {
      for (const [kind, name] of Object.entries(names))
        if (!['inOtherLetters', 'byEmail'].includes(kind))
          // two more names of one account
          for (let i = 0; i < 5; i++) expect((await request(name)).status).toBe(401);

      const blocked = await seeEach((name) => request(name)); // the first one may have to learn that they wait
      const [seen, withDevice] = [
        await seeEach((name) => request(name)),
        await seeEach((name) => request(name, { device: DEVICE })),
      ];

      expect(blocked.unknown).toMatchObject({ status: 429, hashing: 0 });
      sameForAll(seen);
      sameForAll(withDevice);
      expect(withDevice.unknown!.statements).toHaveLength(seen.unknown!.statements.length + 1);
    },
  );

  it('of POST /api/v1/auth/refresh with a forged token is the same whether or not there is such a session', async () => {
    const forge = (sessionId: string) => {
      const genuine = test.app.get(RefreshTokens).write({ sessionId, counter: 1 });
      return `${genuine.slice(0, -4)}${genuine.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    };
    const ask = (sessionId: string) => see(() => test.client.refresh(forge(sessionId)));

    const [ofSomebody, ofNobody] = [await ask(owner.sessionId), await ask('0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e')];
    expect(ofNobody).toMatchObject({ status: 401, hashing: 0, statements: [] });
    expect(ofSomebody).toEqual(ofNobody);
  });

  it('with a token of their own, of somebody else’s session, is the same as of none', async () => {
    const { accessToken: token } = await registered(test);
    const { client } = test;
    const doors = [
      (id: string) => client.delete(`/api/v1/sessions/${id}`, { token }),
      (id: string) => client.get(`/api/v1/sessions/${id}/events`, { token }),
    ];
    for (const door of doors) {
      await door(owner.sessionId);
      const seen = [owner.sessionId, '0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e'].map((id) => () => see(() => door(id)));
      const [ofSomebody, ofNobody] = [await seen[0]!(), await seen[1]!()];

      expect(ofNobody.status).toBe(404);
      expect(ofSomebody).toEqual(ofNobody);
    }
  });

  it('of a banned account with the right password says so, as whoever knows it may be told', async () => {
    const banned = await see(() =>
      test.client.post('/api/v1/auth/login', { username: names.banned, password: 'Blue-Kettle7' }),
    );

    expect(banned).toMatchObject({ status: 403, body: { code: 'users.banned' } });
  });
});
