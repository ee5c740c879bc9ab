import { randomBytes } from 'node:crypto';
import { built, type Running, startNode } from '../support/built-program.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { type OpenedDatabase, openTestDatabase } from '../support/opened-database.js';
import { isSignedWith, type Receiver, startReceiver } from '../support/webhook-receiver.js';

const ADMIN = { username: 'firstadmin', password: 'Quiet-Harbour4' };

describe('A server that is killed in the middle of a delivery', () => {
  let database: OpenedDatabase;
  let receiver: Receiver;
  let server: Running | undefined;
  let url: string;
  const appSecret = randomBytes(32).toString('base64');

  beforeAll(async () => {
    database = await openTestDatabase();
    await database.dataSource.destroy(); // SQLite is for one process at a time
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await server?.stop();
    await receiver?.close();
    await database?.close();
  });

  async function start(): Promise<void> {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = startNode([built('dist/src/main.js')], {
      ...database.settings,
      PORT: String(port),
      BCRYPT_COST: '4',
      WEBHOOK_TIMEOUT_MS: '1000',
      APP_SECRET: appSecret,
    });
    const isReady = () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(isReady, 20_000);
  }

  async function post<Body>(path: string, body: object, token?: string): Promise<Body> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  it('leaves it to the next one, which delivers it with the same id', async () => {
    await start();
    await post('/api/v1/auth/register', ADMIN);
    await server?.stop();
    const dataSource = await database.open();
    await dataSource.query(`UPDATE users SET role = 'admin'`);
    await dataSource.destroy();
    await start();
    const { accessToken } = await post<{ accessToken: string }>('/api/v1/auth/login', ADMIN);
    const settings = { url: receiver.url, types: ['register'] };
    const { secret } = await post<{ secret: string }>('/api/v1/admin/webhooks', settings, accessToken);

    receiver.answer('hang');
    await post('/api/v1/auth/register', { ...ADMIN, username: 'newcomer' });
    await eventually(async () => receiver.received.length === 1, 10_000);
    server?.process.kill('SIGKILL');
    await server?.ended;
    receiver.answer(204);
    await start();
    await eventually(async () => receiver.received.length === 2, 20_000);

    const [lost, told] = receiver.received;
    expect(told!.id).toBe(lost!.id);
    expect(told!.body).toBe(lost!.body);
    expect(isSignedWith(secret, told!)).toBe(true);
  }, 60_000);
});
