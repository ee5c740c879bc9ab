// Work that is done once for a given input, by one process at a time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.mjs';
import { say } from './say.mjs';

const EMPTY_LOCK_MS = 5_000;

/** The files below these paths, in an order that does not depend on the machine. */
export function files(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
}

/** Of names and content, not of times: a fresh clone and a switched branch get the right answer. */
export function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Whether the work behind this stamp was finished for this very input. */
export function isStamped(stamp, wanted) {
  return read(stamp) === wanted;
}

/** Does the work and stamps it; work that failed or was killed leaves no stamp, so it is done again. */
export async function stamped(stamp, wanted, work) {
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Only one process does the work at a time; a lock whose owner died is taken over. */
export async function exclusively(lock, work) {
  for (let waited = 0; !take(lock); waited++) {
    if (waited === 4) say(`另一个进程正在做同样的准备（${lock}），等待中…`, 'waiting for another process');
    await sleep(500);
  }
  const free = () => rmSync(lock, { force: true });
  process.once('exit', free);
  try {
    return await work();
  } finally {
    free();
    process.off('exit', free);
  }
}

function take(lock) {
  const owner = read(lock);
  if (owner !== null && isStale(lock, owner)) discard(lock, owner);
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** A process killed between creating its lock and writing it leaves an empty one; our own pid is one used again. */
function isStale(lock, owner) {
  const pid = Number(owner);
  if (pid) return pid === process.pid || !isAlive(pid);
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > EMPTY_LOCK_MS;
}

/** Moved away before it is judged again: two processes that found the same dead owner must not both win. */
function discard(lock, owner) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== owner) renameSync(aside, lock);
  rmSync(aside, { force: true });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
