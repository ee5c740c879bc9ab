import { once } from 'node:events';
import { connect } from 'node:net';
import { DEFAULT_APP, startSimulator } from '../src/simulator.js';
import { codeFor, session, start, stop } from './simulated.js';

afterEach(stop);

describe('startSimulator', () => {
  it('takes any free port and says where it is', async () => {
    const { url, port } = await start();
    expect(port).toBeGreaterThan(0);
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it('has one app when none are given', async () => {
    await start();
    expect(DEFAULT_APP.id).toBe('wx0000000000000001');
    expect(await session(await codeFor('alice'))).toHaveProperty('openid');
  });

  it('gives a URL that works when it listens on every address', async () => {
    const { url, port } = await start({ host: '0.0.0.0' });
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it('rejects with EADDRINUSE when the port is taken', async () => {
    const { port } = await start();
    await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });

  it.each([
    ['no app', [], 'at least one app'],
    ['two apps of one id', [DEFAULT_APP, DEFAULT_APP], 'given twice'],
    ['an app without an id', [{ id: '', secret: 'x' }], 'app id'],
    ['an app without a secret', [{ id: 'wx1', secret: '' }], 'empty secret'],
    ['an app that has no field for one', [{ id: 'wx1' } as never], 'empty secret'],
    ['what is no app', [7 as never], 'app id'],
  ])('rejects %s', async (_what, apps, words) => {
    await expect(startSimulator({ apps })).rejects.toThrow(words);
  });

  it('keeps two simulators apart', async () => {
    const other = await startSimulator();
    await start();
    await codeFor('alice');
    const state = (await (await fetch(`${other.url}/__sim/state`)).json()) as { userCount: number };
    await other.close();
    expect(state.userCount).toBe(0);
  });
});

describe('close', () => {
  it('frees the port for the next one', async () => {
    const { port, close } = await start();
    await close();
    const next = await startSimulator({ port });
    expect(next.port).toBe(port);
    await next.close();
  });

  it('may be called twice', async () => {
    const simulator = await start();
    await Promise.all([simulator.close(), simulator.close()]);
    await simulator.close();
  });

  it('cuts a connection that has not asked for anything yet', async () => {
    const simulator = await start();
    const socket = connect(simulator.port, '127.0.0.1');
    await once(socket, 'connect');
    await Promise.all([once(socket, 'close'), simulator.close()]);
  });
});
