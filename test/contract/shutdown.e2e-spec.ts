import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { built, type Running, startNode } from '../support/built-program.js';
import { eventually } from '../support/eventually.js';
import { openTestDatabase, type OpenedDatabase } from '../support/opened-database.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('SIGTERM', () => {
  let database: OpenedDatabase;
  let server: Running;
  let url: string;

  beforeAll(async () => {
    database = await openTestDatabase();
    await database.dataSource.destroy(); // SQLite is for one process at a time
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = startNode([built('dist/src/main.js')], {
      ...database.settings,
      PORT: String(port),
      BCRYPT_COST: '13', // about half a second: long enough to be stopped in the middle
      APP_SECRET: randomBytes(32).toString('base64'),
    });
    await eventually(
      () =>
        fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      20_000,
    );
  });
  afterAll(async () => {
    await server?.stop();
    await database?.close();
  });

  it('answers the request that is under way, writes down what happened, and ends with code 0', async () => {
    const register = fetch(`${url}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'lastguest', password: 'Quiet-Harbour4' }),
    });
    await eventually(async () => (await fetch(`${url}/ping`)).ok, 5_000); // the server has taken the request up
    server.process.kill('SIGTERM');

    expect((await register).status).toBe(201);
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    const reopened = await database.open();
    const events = await reopened.query<{ type: string }[]>("SELECT type FROM audit_events WHERE type = 'register'");
    expect(events).toHaveLength(1);
  });
});
