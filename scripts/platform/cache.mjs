import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Trouble } from './say.mjs';

const NOBODY = 65534;
const OTHERS_MAY_ENTER = 0o001;

/** mysqld refuses to run as root, so root starts servers as nobody; anyone else as themselves. */
export const unprivileged = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A folder for what is worth keeping between runs, which the servers' user can reach: /root, for one, is closed to nobody. */
export function cacheFolder() {
  const folder = [...candidates()].find(isUsable);
  if (folder) return folder;
  throw new Trouble(
    '找不到可写的缓存目录，请设置 WX_LOGIN_CACHE。',
    'No folder to keep downloads in: set WX_LOGIN_CACHE.',
  );
}

/** Where the servers' user can reach a data folder. */
export function temporaryFolder() {
  return isReachable(tmpdir()) ? tmpdir() : '/tmp';
}

function* candidates() {
  if (process.env.WX_LOGIN_CACHE) yield process.env.WX_LOGIN_CACHE;
  if (unprivileged.uid) yield '/var/cache/wx-login';
  else yield join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wx-login');
  yield join(temporaryFolder(), `wx-login-cache-${process.getuid?.() ?? 'user'}`);
}

/** Programs are run from this folder, so one that somebody else put there (in /tmp) does not count. */
function isUsable(folder) {
  try {
    if (mkdirSync(folder, { recursive: true })) chmodSync(folder, 0o755);
    const isOurs = !process.getuid || statSync(folder).uid === process.getuid();
    return isOurs && isReachable(folder);
  } catch {
    return false;
  }
}

function isReachable(folder) {
  if (!unprivileged.uid) return true;
  const mayEnter = (statSync(folder).mode & OTHERS_MAY_ENTER) !== 0;
  return mayEnter && (dirname(folder) === folder || isReachable(dirname(folder)));
}
