import { DEFAULT_APP } from '../src/simulator.js';
import { addFault, attempt, codeFor, control, errcode, exchange, request, session, start, stop } from './simulated.js';

const NOON = Date.UTC(2026, 0, 1, 12);

afterEach(stop);

describe('POST /__sim/reset', () => {
  it("forgets users, codes, faults, requests and the clock's offset", async () => {
    await start({ now: () => NOON });
    const code = await codeFor('alice', { openid: 'oExplicitOpenid-000000000001' });
    await session(code);
    await addFault({ fault: 'html' });
    await control('PUT', '/__sim/clock', { offsetSeconds: 60 });
    expect((await attempt('POST', '/__sim/reset')).status).toBe(204);
    expect(await control('GET', '/__sim/state')).toMatchObject({
      now: '2026-01-01T12:00:00.000Z',
      offsetSeconds: 0,
      userCount: 0,
      users: [],
      codes: [],
      faults: [],
      requests: [],
    });
    expect(await errcode(code)).toBe(40029);
  });

  it('forgets how often a user came in this minute', async () => {
    await start({ now: () => NOON });
    const code = await codeFor('alice');
    for (let time = 0; time < 101; time++) await exchange(code);
    expect(await errcode(code)).toBe(45011);
    await control('POST', '/__sim/reset');
    expect(await session(await codeFor('alice'))).toHaveProperty('openid');
  });
});

describe('PUT /__sim/clock', () => {
  it('says the offset and the time it makes, and replaces the offset before', async () => {
    await start({ now: () => NOON });
    await control('PUT', '/__sim/clock', { offsetSeconds: 7200 });
    const answer = await control('PUT', '/__sim/clock', { offsetSeconds: -3600 });
    expect(answer).toEqual({ offsetSeconds: -3600, now: '2026-01-01T11:00:00.000Z' });
  });

  it.each([{}, { offsetSeconds: '60' }, { offsetSeconds: 0.5 }, { offsetSeconds: 1e12 }, { seconds: 60 }])(
    'refuses %j with 400',
    async (body) => {
      await start();
      expect((await attempt('PUT', '/__sim/clock', body)).status).toBe(400);
    },
  );
});

describe('GET /__sim/state', () => {
  it('shows apps, users, codes, faults and calls', async () => {
    await start({ now: () => NOON, apps: [{ ...DEFAULT_APP, openPlatform: 'mall' }] });
    const code = await codeFor('alice');
    await exchange(code);
    await addFault({ fault: 'html', times: 2, delayMs: 5 });
    expect(await control('GET', '/__sim/state')).toMatchObject({
      endpoints: expect.arrayContaining(['/sns/jscode2session', '/cgi-bin/stable_token']),
      apps: [{ id: DEFAULT_APP.id, openPlatform: 'mall' }],
      userCount: 1,
      users: [{ user: 'alice', appId: DEFAULT_APP.id, openid: expect.any(String), unionid: expect.any(String) }],
      codes: [{ user: 'alice', appId: DEFAULT_APP.id, used: true, expiresAt: '2026-01-01T12:05:00.000Z' }],
      faults: [{ endpoint: '/sns/jscode2session', fault: 'html', times: 2, delayMs: 5, burnsCode: false }],
      requests: [{ path: '/sns/jscode2session', status: 200 }],
    });
  });

  it('shows no app secret, no session_key and no whole code that was not sent yet', async () => {
    await start();
    const { session_key: key } = await session(await codeFor('alice'));
    const unused = await codeFor('alice');
    const { text } = await request('/__sim/state');
    for (const secret of [DEFAULT_APP.secret, String(key), unused]) expect(text).not.toContain(secret);
  });
});
