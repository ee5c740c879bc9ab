// npm test: every test on both databases and on Redis, closed by one line that says how many passed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findMysql } from './mysql.mjs';
import { command, runNode } from './platform/processes.mjs';
import { say, Trouble } from './platform/say.mjs';
import { prepare, requireNode } from './prepare.mjs';
import { findRedisServer } from './redis.mjs';

const JEST = 'node_modules/jest/bin/jest.js';
// The files jest.config.mjs runs once for each database.
const ON_EACH_DATABASE = /^test[\\/](http|database)[\\/]/;
const NOTHING = { passed: 0, failed: 1, skipped: 0 };

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

/** null where Jest wrote no report: it crashed, or was asked for something other than tests. */
async function runJest(args, databaseUrl, redisServer) {
  const folder = mkdtempSync(join(tmpdir(), 'wx-login-jest-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const report = join(folder, 'report.json');
  const env = { NODE_ENV: 'test', TEST_DATABASE_URL: databaseUrl, TEST_REDIS_SERVER: redisServer };
  const { code } = await runNode([JEST, '--json', `--outputFile=${report}`, ...args], { env });
  return { code, report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null };
}

function count({ code, report }) {
  if (!report) return NOTHING;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.testResults.filter(isBroken).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (failed > 0 || (passed > 0 && code === 0)) return { passed, failed, skipped };
  if (passed > 0) say('Jest 以错误结束，计为失败。', 'Jest ended with an error: that is a failure.');
  else say('没有运行任何测试，计为失败。', 'no test ran: that is a failure.');
  return { passed, failed: 1, skipped };
}

/** A file that failed though none of its tests did: it did not compile, or its set-up or clean-up threw. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

function testsOnEachDatabase({ report }) {
  const files = report?.testResults.filter(({ name }) => ON_EACH_DATABASE.test(relative(process.cwd(), name))) ?? [];
  return files.reduce((sum, { assertionResults }) => sum + assertionResults.length, 0);
}

async function testWithoutMysql(args, redisServer) {
  const outcome = await runJest(args, undefined, redisServer);
  const counts = count(outcome);
  return { ...counts, skipped: counts.skipped + testsOnEachDatabase(outcome) };
}

async function testWithMysql(args, redisServer) {
  const mysql = await findMysql();
  try {
    return count(await runJest(args, mysql.url, redisServer));
  } finally {
    await mysql.stop();
  }
}

async function testOnDatabases(args, redisServer) {
  if (!wants(args, 'mysql')) return count(await runJest(args, undefined, redisServer));
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

async function main() {
  requireNode();
  const counts = await test(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Trouble ? error.message : error);
    return NOTHING;
  });
  const { passed, failed, skipped } = counts;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}

await command(main);
