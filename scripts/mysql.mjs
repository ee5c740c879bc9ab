// A real MySQL for the tests, from whatever this machine offers. Also a command: node scripts/mysql.mjs start|stop
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './platform/cache.mjs';
import { debianMysqld } from './mysql/debian.mjs';
import { hasDocker, startContainer, stopContainer } from './mysql/docker.mjs';
import { installedMysqld, startMysqld, stopMysqld } from './mysql/mysqld.mjs';
import { canLogIn } from './mysql/server.mjs';
import { command } from './platform/processes.mjs';
import { say, Trouble } from './platform/say.mjs';
import { install, requireNode } from './prepare.mjs';

const WAYS = [
  async (options) => startIf(installedMysqld(), options),
  async (options) => startIf(await debianMysqld(), options),
  async (options) => (hasDocker() ? await startContainer(options) : null),
];

/**
 * `url` belongs to a user who may create databases; `stop` ends what was started here and removes its data, and so does
 * the end of this process, except with `keep`.
 */
export async function findMysql(options = {}) {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, kept: null, stop: async () => {} };
  for (const way of WAYS) {
    try {
      const server = await way(options);
      if (server) return server;
    } catch (error) {
      console.error(error.message); // Said at once, and the next way is tried.
    }
  }
  throw new Trouble(
    '找不到 MySQL。请任选其一：安装 MySQL 8 或更新版本（不是 MariaDB）、启动 Docker、设置 TEST_DATABASE_URL=mysql://用户:密码@主机:端口/，或用 SKIP_MYSQL=1 跳过。',
    'No MySQL here. Do one of these: install MySQL 8 or newer (not MariaDB), start Docker, set TEST_DATABASE_URL=mysql://user:password@host:port/, or skip it with SKIP_MYSQL=1.',
  );
}

async function startIf(program, options) {
  return program && (await startMysqld(program, options));
}

const stateFile = () => join(cacheFolder(), 'mysql-kept.json');

function readState() {
  return existsSync(stateFile()) ? JSON.parse(readFileSync(stateFile(), 'utf8')) : null;
}

async function startKept() {
  const state = readState();
  if (state && (await canLogIn(state.url))) return state.url;
  stopKept();
  const { url, kept } = await findMysql({ keep: true });
  if (kept) writeFileSync(stateFile(), JSON.stringify({ url, kept }), { mode: 0o600 });
  return url;
}

function stopKept() {
  const state = readState();
  if (!state) return false;
  if (state.kept.container) stopContainer(state.kept);
  else stopMysqld(state.kept);
  rmSync(stateFile(), { force: true });
  return true;
}

async function main() {
  requireNode();
  const [task] = process.argv.slice(2);
  if (task === 'stop') {
    if (stopKept()) say('MySQL 已停止。', 'stopped.');
    else say('没有在运行的 MySQL。', 'none was running.');
    return 0;
  }
  if (task !== 'start') throw new Trouble('用法：node scripts/mysql.mjs start|stop', 'usage as above');
  await install();
  console.log(`TEST_DATABASE_URL=${await startKept()}`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await command(main);
