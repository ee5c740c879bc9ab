import { HealthService } from '../../src/platform/health/health.service.js';
import { outcome } from '../support/outcome.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('health', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => test?.close());

  const get = (path: string) => test.client.get<unknown>(path);

  it('GET /ping answers pong', async () => {
    const answer = await get('/ping');

    expect([answer.status, answer.body]).toEqual([200, { message: 'pong' }]);
  });

  it.each(['/health', '/health/live', '/health/ready'])(
    'GET %s says ok, to anyone, and is not to be kept',
    async (path) => {
      const answer = await get(path);

      expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  describe('GET /health and /health/ready say 503 while /health/live says ok', () => {
    async function expectUnready(): Promise<void> {
      for (const path of ['/health', '/health/ready']) expectProblem(await get(path), 503, 'service.unavailable');
      expect((await get('/health/live')).status).toBe(200);
      expect((await get('/ping')).status).toBe(200);
    }

    it('when the database cannot be reached', async () => {
      jest.spyOn(test.dataSource, 'query').mockRejectedValue(new Error('connect ECONNREFUSED'));

      await expectUnready();
    });

    it('when the database does not answer', async () => {
      jest.spyOn(test.dataSource, 'query').mockReturnValue(new Promise(() => {}));

      await expectUnready();
    });

    it('when the schema is older than the program', async () => {
      const [newest] = await test.dataSource.query<{ id: number; name: string }[]>(
        'SELECT id, name FROM migrations ORDER BY id DESC LIMIT 1',
      );
      const rename = (name: string) =>
        test.dataSource.query('UPDATE migrations SET name = ? WHERE id = ?', [name, newest!.id]);
      await rename('SomethingElse1');

      await expectUnready();

      await rename(newest!.name);
      expect((await get('/health/ready')).status).toBe(200);
    });
  });

  it('stays ready while WeChat is down: an outage of theirs is not ours', async () => {
    await test.wechat.fault('reset');
    expect(outcome(await loginWithWechat(test, 'alice'))).toBe('503 wechat.unavailable');

    for (const path of ['/health', '/health/ready']) expect((await get(path)).status).toBe(200);
    await test.wechat.heal();
  });

  it('says nothing about why', async () => {
    jest.spyOn(test.dataSource, 'query').mockRejectedValue(new Error('connect ECONNREFUSED 10.0.0.7:3306'));

    const { text } = await get('/health');

    expect(text).not.toMatch(/ECONN|10\.0\.0\.7|database|schema/i);
  });

  it('is no longer ready once it began to stop, though it still answers', async () => {
    const stopping = await startTestApp();
    stopping.app.get(HealthService).beforeApplicationShutdown();

    expectProblem(await stopping.client.get('/health/ready'), 503, 'service.unavailable');
    expect((await stopping.client.get('/health/live')).status).toBe(200);
    await stopping.close();
  });
});
