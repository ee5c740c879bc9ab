// Child processes that never outlive the command that started them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Trouble } from './say.mjs';

const GRACE_MS = 10_000;
const PARENT_CHECK_MS = 1_000;
const children = new Map();
let tie;

/** True also for a process of another user, which we may see but not signal. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Where Linux offers it, the kernel ends the child when we die, even by SIGKILL. */
export function tied(argv) {
  tie ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0 ? ['setpriv', '--pdeathsig', 'KILL'] : [];
  return [...tie, ...argv];
}

/** A child that ends with us; `options` are those of `spawn`, `env` is added to ours, `graceMs` is its time to end in. */
export function start(argv, { env, graceMs = GRACE_MS, ...options } = {}) {
  const [file, ...args] = tied(argv);
  const child = spawn(file, args, { stdio: 'inherit', ...options, env: { ...process.env, ...env } });
  children.set(child, graceMs);
  child.once('close', () => children.delete(child));
  child.once('error', () => children.delete(child));
  return child;
}

/** Runs to the end; `code` is 1 for a child killed by a signal, `output` is stdout and stderr where they are piped. */
export async function run(argv, options) {
  const child = start(argv, options);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  return { code: code ?? 1, output: Buffer.concat(output).toString() };
}

/** `run` with this Node; a script's path is relative to the project, which every command makes its working directory. */
export function runNode(args, options) {
  return run([process.execPath, ...args], options);
}

/** A program's stdout, trimmed, or null where it is missing, fails or hangs: for asking what a machine has. */
export function ask(file, ...args) {
  const { status, stdout } = spawnSync(file, args, {
    encoding: 'utf8',
    timeout: 20_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : null;
}

/** SIGTERM, and SIGKILL for a child that has not gone when its grace is over. */
async function end([child, graceMs]) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}

/**
 * The frame of every command: `main` returns the exit code; a signal ends all children first and then exits with
 * `interrupted`; work registered with process.on('exit') is done in every case.
 */
export async function command(main, { interrupted = 130 } = {}) {
  let stopping = false;
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    await Promise.all([...children].map(end));
    process.exit(code);
  };
  for (const signal of signals()) process.on(signal, () => stop(interrupted));
  watchNpm(() => stop(interrupted));
  try {
    await stop(await main());
  } catch (error) {
    // While stopping, work fails because its children were ended: no news.
    if (!stopping) console.error(error instanceof Trouble ? error.message : error);
    await stop(1);
  }
}

/** A handler for SIGHUP would undo `nohup`, which leaves no terminal on stdin. */
function signals() {
  return process.stdin.isTTY ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];
}

/** npm that is killed does not tell its script; the script only finds itself with another parent. */
function watchNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const atFirst = lineage();
  setInterval(() => lineage() !== atFirst && stop(), PARENT_CHECK_MS).unref();
}

/** Our parent, and where that is the shell npm runs a script in, the shell's parent, which is npm. */
function lineage() {
  try {
    const [, name, , parent] = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').match(/\((.*)\) (\S+) (\d+)/);
    return name === 'sh' ? `${process.ppid} ${parent}` : `${process.ppid}`;
  } catch {
    return `${process.ppid}`;
  }
}
