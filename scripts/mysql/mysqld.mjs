// A private mysqld on a free port of 127.0.0.1, run by an unprivileged user, with data that is thrown away.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '../platform/once.mjs';
import { freePort } from '../platform/ports.mjs';
import { ask, isAlive, run, tied } from '../platform/processes.mjs';
import { narrate, Trouble } from '../platform/say.mjs';
import { cacheFolder, temporaryFolder, unprivileged } from '../platform/cache.mjs';
import { FLAGS, rootUrl, waitForLogin } from './server.mjs';

const OLDEST = 8;
const PLACES = ['', '/usr/sbin/', '/usr/local/mysql/bin/', '/opt/homebrew/opt/mysql/bin/'];
const FOLDER = /^wx-login-mysql-(\d+)-/;
const DATA_FLAGS = [
  '--skip-log-bin',
  '--mysqlx=OFF',
  '--performance-schema=OFF',
  '--loose-innodb-redo-log-capacity=64M',
];

/** A mysqld of MySQL 8 or newer that this machine has; MariaDB calls its server by the same name but is another database. */
export function installedMysqld() {
  for (const place of PLACES) {
    const version = ask(`${place}mysqld`, '--version') ?? '';
    const major = Number(version.match(/Ver (\d+)\./)?.[1]);
    if (major >= OLDEST && !/mariadb/i.test(version)) return { argv: [`${place}mysqld`], flags: [] };
  }
  return null;
}

/** With `keep` it outlives this process, until stopMysqld is given what `kept` holds. */
export async function startMysqld(program, { keep = false } = {}) {
  removeAbandoned();
  const folder = mkdtempSync(join(temporaryFolder(), `wx-login-mysql-${keep ? 0 : process.pid}-`));
  const kept = { folder, pid: null };
  const stop = () => stopMysqld(kept);
  process.once('exit', stop);
  const url = await narrate(['启动 MySQL', 'starting MySQL'], () => launch(program, kept, keep));
  if (keep) process.off('exit', stop);
  return {
    url,
    kept,
    stop: async () => {
      process.off('exit', stop);
      stop();
    },
  };
}

/** At once and by SIGKILL: there is no data to save. Safe to call again, and for a pid that is another program by now. */
export function stopMysqld({ folder, pid }) {
  if (pid && isAlive(pid) && commandLine(pid).includes(folder)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** A command killed by SIGKILL could not clean up after itself. */
function removeAbandoned() {
  for (const name of readdirSync(temporaryFolder())) {
    const owner = Number(name.match(FOLDER)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const folder = join(temporaryFolder(), name);
    try {
      stopMysqld({ folder, pid: pidIn(folder) });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

function pidIn(folder) {
  const file = join(folder, 'mysqld.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;
}

function commandLine(pid) {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : (ask('ps', '-o', 'args=', '-p', String(pid)) ?? '');
}

async function launch(program, kept, keep) {
  const { folder } = kept;
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  writeFileSync(join(folder, 'init.sql'), `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';\n`);
  giveAway(folder);
  await provideData(program, folder);
  const argv = [...program.argv, ...flags(program, folder), ...FLAGS, ...serving(folder, port)];
  const [file, ...args] = keep ? argv : tied(argv);
  const child = spawn(file, args, { ...unprivileged, stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
  kept.pid = child.pid ?? null;
  const url = rootUrl(port, password);
  await withLog(folder, () => waitForLogin(url, () => child.exitCode === null && child.signalCode === null));
  return url;
}

function flags(program, folder) {
  return [
    '--no-defaults',
    ...program.flags,
    `--datadir=${join(folder, 'data')}`,
    `--log-error=${join(folder, 'mysqld.log')}`,
    `--pid-file=${join(folder, 'mysqld.pid')}`,
    `--socket=${join(folder, 'mysqld.sock')}`,
    '--secure-file-priv=NULL',
  ];
}

function serving(folder, port) {
  return ['--bind-address=127.0.0.1', `--port=${port}`, `--init-file=${join(folder, 'init.sql')}`];
}

/** Making empty data takes two seconds, copying it a tenth: the first run keeps a copy for the next ones. */
async function provideData(program, folder) {
  const data = join(folder, 'data');
  const template = join(cacheFolder(), `mysql-data-${fingerprint(program)}`);
  await exclusively(`${template}.lock`, async () => {
    if (existsSync(template)) return;
    await withLog(folder, () => initialise(program, folder));
    rmSync(`${template}.half`, { recursive: true, force: true });
    cpSync(data, `${template}.half`, { recursive: true });
    renameSync(`${template}.half`, template);
  });
  if (existsSync(data)) return;
  cpSync(template, data, { recursive: true });
  giveAway(folder);
}

async function initialise(program, folder) {
  const argv = [...program.argv, ...flags(program, folder), ...DATA_FLAGS, '--initialize-insecure'];
  const { code } = await run(argv, { ...unprivileged, stdio: 'ignore' });
  if (code !== 0) throw new Trouble('MySQL 初始化失败。', 'MySQL could not make its data folder.');
}

function fingerprint({ argv, flags: own }) {
  const version = ask(argv[0], ...argv.slice(1), '--no-defaults', '--version');
  return createHash('sha256')
    .update([version, ...own, ...DATA_FLAGS].join('\n'))
    .digest('hex')
    .slice(0, 12);
}

function giveAway(folder) {
  if (!unprivileged.uid) return;
  const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
  for (const path of [folder, ...paths]) chownSync(path, unprivileged.uid, unprivileged.gid);
}

async function withLog(folder, work) {
  try {
    return await work();
  } catch (error) {
    const log = join(folder, 'mysqld.log');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n') : '';
    throw error instanceof Trouble ? Object.assign(error, { message: `${error.message}\n${lines}` }) : error;
  }
}
