import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Simulator, startSimulator } from '../../simulator/src/simulator.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { SessionDto } from '../../src/sessions/dto/session.dto.js';
import { built, type Running, startNode } from '../support/built-program.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const [, walkthrough = ''] =
  /walkthrough:begin -->\n```sh\n([\s\S]+?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];

describe('the walk-through of README.md', () => {
  let simulator: Simulator;
  let database: TestDatabase;
  let server: Running;
  let output: string[];

  beforeAll(async () => {
    simulator = await startSimulator();
    database = await createTestDatabase();
    const port = await freePort();
    server = startNode([built('dist/src/main.js')], {
      ...database.settings,
      PORT: String(port),
      WECHAT_API_BASE_URL: simulator.url,
    });
    const isReady = () =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(isReady, 25_000);
    const script = walkthrough.replace('3000', String(port)).replace('3001', String(simulator.port));
    const { stdout } = await promisify(execFile)('sh', ['-c', script]);
    output = stdout.trim().split('\n');
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await simulator?.close();
    await database?.drop();
  });

  const answer = <T>(line: number): T => JSON.parse(output[line]!) as T;

  it('logs a simulated WeChat user in and shows the account', () => {
    const tokens = answer<TokensDto>(0);
    expect(tokens).toMatchObject({ tokenType: 'Bearer', isNewUser: true });
    expect(answer(1)).toEqual(tokens.user);
  });

  it('gets the same refresh token again when the answer was lost', () => {
    expect(output[2]).toBe('same refresh token');
  });

  it('lists the device, logs out, and is refused at once', () => {
    expect(answer<SessionDto[]>(3)).toMatchObject([{ current: true, deviceName: 'Xiaomi 14', loginMethod: 'wechat' }]);
    expect(output[4]).toBe('204');
    expect(answer(5)).toMatchObject({ status: 401, code: 'sessions.ended' });
  });

  it('registers, logs in by password and by the one door, and refuses a wrong password', () => {
    const registered = answer<TokensDto>(6);
    expect(registered).toMatchObject({ isNewUser: true, user: { username: 'Alice01' } });
    expect(answer(7)).toMatchObject({ isNewUser: false, user: registered.user });
    expect(answer(8)).toMatchObject({ title: '账号或密码错误', code: 'auth.invalid_credentials' });
    expect(answer(9)).toMatchObject({ isNewUser: false, user: registered.user });
    expect(output).toHaveLength(10);
  });
});
