import { DEFAULT_APP } from '../src/simulator.js';
import { addFault, codeFor, control, exchange, request, session, start, stop } from './simulated.js';

type Call = Record<string, unknown> & { query: Record<string, string> };

const requests = () => control<Call[]>('GET', '/__sim/requests');

afterEach(stop);

describe('GET /__sim/requests', () => {
  it('shows when, what and with which outcome, newest last', async () => {
    await start({ now: () => Date.UTC(2026, 0, 1, 12) });
    const code = await codeFor('alice');
    await session(code);
    await session(code);
    expect(await requests()).toEqual(
      [0, 40163].map((outcome) => ({
        at: '2026-01-01T12:00:00.000Z',
        method: 'GET',
        path: '/sns/jscode2session',
        query: { appid: DEFAULT_APP.id, secret: '***', grant_type: 'authorization_code', js_code: code },
        status: 200,
        errcode: outcome,
        appId: DEFAULT_APP.id,
      })),
    );
  });

  it('never shows a secret, not even a wrong one', async () => {
    await start();
    await exchange('any', { secret: 'hunter2hunter2' });
    const { text } = await request('/__sim/requests');
    expect(text).not.toContain('hunter2');
  });

  it('shows both values of a parameter that was sent twice', async () => {
    await start();
    await request(`/sns/jscode2session?appid=${DEFAULT_APP.id}&appid=other`);
    expect((await requests())[0]?.query).toEqual({ appid: `${DEFAULT_APP.id}, other` });
  });

  it('shows requests to paths that WeChat does not have', async () => {
    await start();
    await request('/sns/jscode2sesion');
    expect(await requests()).toMatchObject([{ path: '/sns/jscode2sesion', status: 404, errcode: null }]);
  });

  it('shows the fault, and no errcode when it never let WeChat work', async () => {
    await start();
    await addFault({ fault: 'http:502' });
    await exchange('any');
    expect(await requests()).toMatchObject([{ status: 502, errcode: null, fault: 'http:502' }]);
  });

  it('shows a request that is still waiting', async () => {
    await start();
    await addFault({ fault: 'timeout' });
    exchange('any').catch(() => undefined);
    let calls = await requests();
    while (calls.length === 0) calls = await requests();
    expect(calls).toMatchObject([{ status: null, errcode: null, fault: 'timeout' }]);
  });

  it('keeps the last 1,000', async () => {
    await start();
    for (let batch = 0; batch < 101; batch++) {
      await Promise.all(Array.from({ length: 10 }, () => request(`/nothing?batch=${batch}`)));
    }
    const calls = await requests();
    expect(calls).toHaveLength(1000);
    expect(calls[0]?.query.batch).toBe('1');
    expect(calls.at(-1)?.query.batch).toBe('100');
  });
});
