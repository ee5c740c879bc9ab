import bcrypt from 'bcrypt';
import { availableParallelism } from 'node:os';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { eventually } from '../support/eventually.js';
import type { Answer } from '../support/http-client.js';
import { outcomes } from '../support/outcome.js';
import { login, PASSWORD, register } from '../support/password-users.js';
import { storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

const CROWD = 200;

/** One of the ways to type a username that differ only in letter case, another one for each `n`. */
function typed(username: string, n: number): string {
  return [...username].map((letter, i) => ((n >> i) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join('');
}

describe('POST /api/v1/auth/register, by a crowd at once', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  /** Everyone has a password of their own, so that it shows whose won. */
  const registerAll = (servers: TestApp[], fieldsOf: (n: number) => object) =>
    Promise.all(
      Array.from({ length: CROWD }, (_, n) => {
        const { client } = servers[n % servers.length]!;
        const body = { password: `${PASSWORD}-${n}`, ...fieldsOf(n) };
        return client.post<TokensDto>('/api/v1/auth/register', body);
      }),
    );

  async function expectOneWinner(servers: TestApp[], username: string): Promise<void> {
    const before = await storedRows(test.dataSource);

    const answers = await registerAll(servers, (n) => ({ username: typed(username, n) }));

    expect(outcomes(answers)).toEqual({ '201': 1, '409 users.username_taken': CROWD - 1 });
    expect(await storedRows(test.dataSource)).toEqual({
      ...before,
      users: before.users + 1,
      sessions: before.sessions + 1,
    });
    const winner = answers.findIndex(({ status }) => status === 201);
    const { body } = await login(test, { username, password: `${PASSWORD}-${winner}` });
    expect(body.user).toEqual(answers[winner]!.body.user);
    expect(body.user.username).toBe(typed(username, winner));
  }

  it('gives one username, in whatever letter case, to exactly one of 200', async () => {
    await expectOneWinner([test], 'crowdedname');
  });

  it('gives one e-mail address to exactly one of 60 who want different usernames', async () => {
    const before = await storedRows(test.dataSource);

    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        test.client.post<TokensDto>('/api/v1/auth/register', {
          ...{ username: `mail${n}`, password: PASSWORD, email: `${typed('crowd', n)}@example.com` },
        }),
      ),
    );

    expect(outcomes(answers)).toEqual({ '201': 1, '409 users.email_taken': 59 });
    expect((await storedRows(test.dataSource)).users).toBe(before.users + 1);
  });

  it('sends away with 503 and Retry-After those for whom there is no room, and lets the others in', async () => {
    const room = 64 + Math.max(1, availableParallelism() - 1);
    const { hash } = bcrypt;
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const hashLater = (text: string) => gate.then(() => hash(text, 4));
    const slow = jest.spyOn(bcrypt, 'hash').mockImplementation(hashLater as never);
    const refused: Answer<TokensDto>[] = [];

    const crowd = Array.from({ length: CROWD }, (_, n) =>
      register(test, { username: `room${n}` }).then((answer) => {
        if (answer.status === 503) refused.push(answer);
        return answer;
      }),
    );
    await eventually(() => refused.length === CROWD - room, 20_000);
    open();

    expect(outcomes(await Promise.all(crowd))).toEqual({ '201': room, '503 service.unavailable': CROWD - room });
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(Array(CROWD - room).fill('5'));
    slow.mockRestore();
  });

  describeTwoServers('on two servers', () => {
    let sibling: TestApp;
    beforeAll(async () => {
      sibling = await test.sibling();
    });
    afterAll(() => sibling?.close());

    it('gives one username to exactly one of 200', async () => {
      await expectOneWinner([test, sibling], 'sharedname');
    });
  });
});
