import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import type * as Sdk from '../src/index.js';
import { FakePhone } from './fake-phone.js';
import { DOORS, inVirtualTime, settled } from './story.js';

const PRINT = `import('./bundle.mjs').then(async ({ bundle }) => process.stdout.write((await bundle()).commonJs))`;
const commonJs = execFileSync(process.execPath, ['-e', PRINT], { cwd: `${__dirname}/..`, encoding: 'utf8' });

/** The SDK as a mini-program gets it, where there are timers and nothing else: no window, no process, no fetch. */
function packaged(): typeof Sdk {
  const exports = {} as typeof Sdk;
  const timers = { setTimeout: setTimeout.bind(globalThis), clearTimeout: clearTimeout.bind(globalThis) };
  runInNewContext(commonJs, { exports, Date, Math, ...timers });
  return exports;
}

describe('the package', () => {
  inVirtualTime();

  it('weighs less than 10 KB, and with gzip less than 5, as README.md says', () => {
    expect(Buffer.byteLength(commonJs)).toBeLessThan(10 * 1024);
    expect(gzipSync(commonJs).length).toBeLessThan(5 * 1024);
  });

  it('exports the client and its error, and runs with nothing but timers', async () => {
    const phone = new FakePhone();
    const { createAuthClient, AuthError } = packaged();
    const client = createAuthClient({ wx: phone.wx(), baseURL: 'https://api.example.com' });
    await settled(client.ready());
    phone.server.expireAccessTokens();

    expect(await settled(Promise.all([1, 2, 3, 4, 5].map((n) => client.request(`/orders/${n}`))))).toHaveLength(5);
    expect([phone.server.count(DOORS.refresh), phone.logins]).toEqual([1, 1]);

    phone.fate = () => 'offline';
    const error: unknown = await settled(client.request('/orders').catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(AuthError);
    expect(error).toMatchObject({ name: 'AuthError', code: 'client.offline', message: '网络不可用，请检查网络连接' });
  });

  it('keeps its names in the storage, so that nobody is logged out by an update', async () => {
    const phone = new FakePhone();
    await settled(packaged().createAuthClient({ wx: phone.wx(), baseURL: 'https://api.example.com' }).ready());

    // Session, silent, staleAt, deviceId, offset and kind, as every version has written them.
    const { t: session, ...kept } = phone.kept as Record<string, object>;
    expect(Object.keys(kept).sort()).toEqual(['g', 'i', 'v', 'y']);
    expect(Object.keys(session!).sort()).toEqual(['accessToken', 'h', 'm', 'refreshToken', 'sessionId', 'user']);
  });
});
