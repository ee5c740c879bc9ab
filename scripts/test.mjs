// npm test: every test on both databases and on Redis, closed by one line that says how many passed.
import { relative } from 'node:path';
import { findMysql } from './mysql.mjs';
import { closingLine, count, runJest } from './platform/jest.mjs';
import { command } from './platform/processes.mjs';
import { say } from './platform/say.mjs';
import { prepare, requireNode } from './prepare.mjs';
import { findRedisServer } from './redis.mjs';

// The files jest.config.mjs runs once for each database.
const ON_EACH_DATABASE = /^test[\\/](http|database)[\\/]/;

/** `--selectProjects unit` needs no database and no Redis: nobody should wait for one. */
function wants(args, ...projects) {
  const option = args.indexOf('--selectProjects');
  if (option === -1) return true;
  const rest = args.slice(option + 1);
  const end = rest.findIndex((arg) => arg.startsWith('-'));
  return rest.slice(0, end === -1 ? undefined : end).some((name) => projects.includes(name));
}

const WITHOUT_MYSQL = [
  'SKIP_MYSQL=1：没有在 MySQL 上测试，这些测试计为跳过。',
  'nothing was tested on MySQL; those tests count as skipped.',
];
const WITHOUT_REDIS = [
  '找不到 redis-server：没有在 Redis 上测试，这些测试计为跳过。请安装 Redis 6 或更新版本，或设置 TEST_REDIS_SERVER=程序路径。',
  'No redis-server here: what needs Redis was not tested and counts as skipped. Install Redis 6 or newer, or set TEST_REDIS_SERVER to the program.',
];

function warnSkipped([zh, en]) {
  console.error(`\n${'!'.repeat(72)}`);
  say(zh, en);
  console.error(`${'!'.repeat(72)}\n`);
}

function testsOnEachDatabase({ report }) {
  const files = report?.testResults.filter(({ name }) => ON_EACH_DATABASE.test(relative(process.cwd(), name))) ?? [];
  return files.reduce((sum, { assertionResults }) => sum + assertionResults.length, 0);
}

async function testWithoutMysql(args, redisServer) {
  const outcome = await runJest(args, { TEST_DATABASE_URL: undefined, TEST_REDIS_SERVER: redisServer });
  const counts = count(outcome);
  return { ...counts, skipped: counts.skipped + testsOnEachDatabase(outcome) };
}

async function testWithMysql(args, redisServer) {
  const mysql = await findMysql();
  try {
    return count(await runJest(args, { TEST_DATABASE_URL: mysql.url, TEST_REDIS_SERVER: redisServer }));
  } finally {
    await mysql.stop();
  }
}

async function testOnDatabases(args, redisServer) {
  if (!wants(args, 'mysql'))
    return count(await runJest(args, { TEST_DATABASE_URL: undefined, TEST_REDIS_SERVER: redisServer }));
  if (process.env.SKIP_MYSQL !== '1') return await testWithMysql(args, redisServer);
  warnSkipped(WITHOUT_MYSQL);
  const counts = await testWithoutMysql(args, redisServer);
  warnSkipped(WITHOUT_MYSQL);
  return counts;
}

async function test(args) {
  await prepare();
  if (!wants(args, 'contract', 'sqlite', 'mysql')) return await testOnDatabases(args, undefined);
  const redisServer = await findRedisServer();
  if (!redisServer) warnSkipped(WITHOUT_REDIS);
  const counts = await testOnDatabases(args, redisServer ?? undefined);
  if (!redisServer) warnSkipped(WITHOUT_REDIS);
  return counts;
}

await command(() => {
  requireNode();
  return closingLine(() => test(process.argv.slice(2)));
});
