import { promisify } from 'node:util';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import { WRONG_PASSWORD } from './password-users.js';
import { startTestApp, type TestApp } from './test-app.js';
import { isMysql } from './test-database.js';

export const REFUSED = '401 auth.invalid_credentials';
export const BLOCKED = '429 auth.too_many_attempts';

// As from sockets: a process takes up some, looks at whatever else has come in, and takes up more.
const SOCKETS_A_ROUND = 20;
const nextRound = promisify(setImmediate);

export interface Guess {
  username: string;
  password?: string;
  device?: { id: string };
  /** The address of the connection. */
  from?: string;
  headers?: Record<string, string>;
}

/** Server processes that crowds of guesses are spread over, without a socket for each. */
export class Crowd {
  private sent = 0;
  private readonly hashes: jest.SpyInstance[];

  private constructor(readonly servers: TestApp[]) {
    this.hashes = servers.map(({ app }) => jest.spyOn(app.get(PasswordHasher), 'verify'));
  }

  /** Two servers on MySQL; the embedded database is for one. */
  static async start(variables: Record<string, string> = {}): Promise<Crowd> {
    const first = await startTestApp(variables);
    return new Crowd(isMysql ? [first, await first.sibling()] : [first]);
  }

  get first(): TestApp {
    return this.servers[0]!;
  }

  get last(): TestApp {
    return this.servers.at(-1)!;
  }

  /** Hashes computed by all of them since the last time this was asked. */
  countHashes(): number {
    const count = this.hashes.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const spy of this.hashes) spy.mockClear();
    return count;
  }

  /** One guess, at the server whose turn it is: the outcome as in outcome(), and what else a client can see. */
  async guess(fields: Guess): Promise<string> {
    const { from = '127.0.0.1', headers = {}, username, password = WRONG_PASSWORD, device } = fields;
    const { app } = this.servers[this.sent++ % this.servers.length]!;
    const payload = { username, password, device };
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      remoteAddress: from,
      headers,
      payload,
    });
    const { code } = answer.json<Partial<ProblemDetails>>();
    return code === undefined ? String(answer.statusCode) : `${answer.statusCode} ${code}`;
  }

  /** So many guesses, none of which waits for another: how often each outcome occurred. */
  async guessAtOnce(times: number, fieldsOf: (n: number) => Guess): Promise<Record<string, number>> {
    const guesses: Promise<string>[] = [];
    for (let n = 0; n < times; n++) {
      guesses.push(this.guess(fieldsOf(n)));
      if (n % SOCKETS_A_ROUND === 0) await nextRound();
    }
    const counts: Record<string, number> = {};
    for (const outcome of await Promise.all(guesses)) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
  }

  async close(): Promise<void> {
    for (const server of [...this.servers].reverse()) await server.close();
  }
}
