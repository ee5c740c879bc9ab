import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { type App, type Simulator, startSimulator } from '../../simulator/src/simulator.js';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, configureApp, createAdapter } from '../../src/app.setup.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { Clock } from '../../src/platform/clock.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { loadEnvironment } from '../../src/platform/config/load-environment.js';
import { createLogger, LOGGER } from '../../src/platform/observability/logger.js';
import { FakeClock } from './fake-clock.js';
import { HttpClient } from './http-client.js';
import { LeakWatch } from './leak-watch.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { SimulatedWechat } from './wechat-phone.js';

/** The whole server on a free port, with a database, a WeChat and a clock of its own. */
export interface TestApp {
  app: NestFastifyApplication;
  client: HttpClient;
  wechat: SimulatedWechat;
  clock: FakeClock;
  dataSource: DataSource;
  environment: Environment;
  watch: LeakWatch;
  /** A second server process, as it were, on the same database; `changes` is what it is configured otherwise. */
  sibling(changes?: Partial<Environment>): Promise<TestApp>;
  /** Stops everything, and fails when a secret got into a log line or an answer. */
  close(): Promise<void>;
}

// Cheap hashes, and limits out of the way; a test that is about them sets its own.
const TEST_VARIABLES = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'trace',
  BCRYPT_COST: '4',
  RATE_LIMIT_PER_MINUTE: '100000',
  MAX_SESSIONS_PER_USER: '500',
  WEBHOOK_POLL_MS: '600000',
  APP_SECRET: 'k3Yw9Qe7Rt5Zu1Io8Pa6Sd4Fg2Hj0Lx-test-only',
};

/**
 * @param variables environment variables that this test is about
 * @param apps the mini-programs as WeChat knows them; by default as WECHAT_APPS says
 */
export async function startTestApp(
  variables: Record<string, string> = {},
  apps: App[] | undefined = configuredApps(variables),
): Promise<TestApp> {
  const database = await createTestDatabase();
  const clock = new FakeClock();
  const simulator = await startSimulator({ apps, now: () => clock.now().getTime(), loginsPerMinute: 1_000 });
  const environment = loadEnvironment({
    ...TEST_VARIABLES,
    ...database.settings,
    WECHAT_API_BASE_URL: simulator.url,
    ...variables,
  });
  return launch({ environment, clock, simulator, database, watch: new LeakWatch() });
}

function configuredApps({ WECHAT_APPS: apps }: Record<string, string>): App[] | undefined {
  const known = apps ? (JSON.parse(apps) as App[]) : undefined; // push and signing are told to WeChat by the tests about them
  return known?.map(({ id, secret, openPlatform }) => ({ id, secret, ...(openPlatform && { openPlatform }) }));
}

interface Parts {
  environment: Environment;
  clock: FakeClock;
  simulator: Simulator;
  watch: LeakWatch;
  /** Only the first of several servers ends it. */
  database?: TestDatabase;
}

async function launch(parts: Parts): Promise<TestApp> {
  const { environment, clock, simulator, watch } = parts;
  watchConfiguredSecrets(watch, environment);
  const module = await Test.createTestingModule({ imports: [AppModule.forRoot(environment)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(LOGGER)
    .useValue(createLogger(environment.LOG_LEVEL, { write: (line: string) => void watch.lines.push(line) }))
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(environment) as FastifyAdapter, {
    ...APP_OPTIONS,
    logger: false,
  });
  await configureApp(app, environment);
  await app.listen(0, '127.0.0.1');
  return {
    ...{ app, clock, environment, watch },
    client: new HttpClient((await app.getUrl()).replace('[::1]', '127.0.0.1'), watch),
    wechat: new SimulatedWechat(simulator.url),
    dataSource: app.get<DataSource>(getDataSourceToken()),
    sibling: (changes = {}) => launch({ environment: { ...environment, ...changes }, clock, simulator, watch }),
    close: () => close(app, parts),
  };
}

async function close(app: NestFastifyApplication, { database, simulator, watch }: Parts): Promise<void> {
  for (const event of await auditTrail(app)) watch.lines.push(event); // no secret may get in there either
  await app.close();
  if (!database) return;
  await simulator.close();
  await database.drop();
  expect(watch.leaks()).toEqual([]);
}

// Some tests end with a database that does not answer.
async function auditTrail(app: NestFastifyApplication): Promise<string[]> {
  try {
    await app.get(AuditLog).flush();
    const rows = await app.get<DataSource>(getDataSourceToken()).query<object[]>('SELECT * FROM audit_events');
    return rows.map((row) => JSON.stringify(row));
  } catch {
    return [];
  }
}

function watchConfiguredSecrets(watch: LeakWatch, environment: Environment): void {
  const { APP_SECRET, APP_SECRET_PREVIOUS, WECHAT_APPS, DATABASE_URL } = environment;
  for (const secret of APP_SECRET_PREVIOUS) watch.keepSecret('a previous APP_SECRET', secret);
  watch.keepSecret('APP_SECRET', APP_SECRET);
  for (const app of WECHAT_APPS) watch.keepSecret('an AppSecret', app.secret);
  if (DATABASE_URL) watch.keepSecret('the database password', new URL(DATABASE_URL).password);
}
