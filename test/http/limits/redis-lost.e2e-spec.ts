import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { Redis } from '../../../src/platform/redis/redis.js';
import { whoAmI } from '../../support/caller.js';
import { eventually } from '../../support/eventually.js';
import { BLOCKED, Crowd, REFUSED } from '../../support/login-crowd.js';
import { outcome, outcomes } from '../../support/outcome.js';
import { registered } from '../../support/password-users.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../../support/test-redis.js';
import { isMysql } from '../../support/test-database.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const HERE = isMysql ? 'two processes' : 'one process';
const PEOPLE = 20;

jest.setTimeout(60_000);

describeWithRedis(`${HERE} and one Redis that is killed and comes back`, () => {
  let redis: TestRedis;
  let crowd: Crowd;
  beforeAll(async () => {
    redis = await startTestRedis();
    crowd = await Crowd.start({ REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await crowd?.close();
    await redis?.stop();
  });

  const everywhere = <T>(ask: (server: Crowd['first']) => Promise<T>) => Promise.all(crowd.servers.map(ask));
  const isThere = async ({ app }: Crowd['first']) =>
    (await app.get(Redis).attempt((client) => client.ping())) === 'PONG';
  const isRefused = async ({ accessToken }: TokensDto) =>
    (await everywhere(async (server) => outcome(await whoAmI(server, accessToken)))).every(
      (each) => each === '401 sessions.ended',
    );

  it('let nothing through, log nobody out, and answer nobody with an error', async () => {
    const people: TokensDto[] = [];
    for (let n = 0; n < PEOPLE; n++) people.push(await registered(crowd.servers[n % crowd.servers.length]!));
    const [attacked, ended, endedMeanwhile] = [await registered(crowd.first), ...people.splice(0, 2)];
    const guesses = (times: number) => crowd.guessAtOnce(times, () => ({ username: attacked.user.username! }));
    const endAt = (server: Crowd['first'], { accessToken: token }: TokensDto) =>
      server.client.post('/api/v1/auth/logout', undefined, { token });
    /** Everybody asks and refreshes, on every server. */
    const everybodyIsIn = async () => {
      for (const [n, person] of people.entries()) {
        const server = crowd.servers[n % crowd.servers.length]!;
        const refreshed = await server.client.refresh(person.refreshToken);
        expect(outcome(refreshed)).toBe('200');
        people[n] = refreshed.body;
        const asked = await everywhere((each) => whoAmI(each, refreshed.body.accessToken));
        expect(outcomes(asked)).toEqual({ 200: crowd.servers.length });
      }
    };

    expect(await guesses(50)).toEqual({ [REFUSED]: 5, [BLOCKED]: 45 });
    await endAt(crowd.first, ended!);
    await everybodyIsIn();

    await redis.kill();
    expect(await guesses(50)).toEqual({ [BLOCKED]: 50 });
    expect(await isRefused(ended!)).toBe(true);
    await endAt(crowd.last, endedMeanwhile!);
    await eventually(() => isRefused(endedMeanwhile!), 1_000);
    await everybodyIsIn();
    expect(outcomes(await everywhere((server) => loginWithWechat(server, 'newcomer')))).toEqual({
      200: crowd.servers.length,
    });

    await redis.restart();
    for (const server of crowd.servers) await eventually(() => isThere(server), 10_000);
    expect(await guesses(50)).toEqual({ [BLOCKED]: 50 });
    for (const each of [ended!, endedMeanwhile!]) expect(await isRefused(each)).toBe(true);
    await everybodyIsIn();

    crowd.first.clock.advance({ minutes: 2 }); // the wait that began anew with the outage
    expect(await guesses(50)).toEqual({ [REFUSED]: 1, [BLOCKED]: 49 });
  });
});
