// What every way to a test MySQL has in common.
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from '../platform/say.mjs';

const READY_WITHIN_MS = 90_000;
const POLL_MS = 100;

/** Made for tests that create and drop databases: nothing is durable, and every client sees UTC. */
export const FLAGS = [
  '--max-connections=400',
  '--default-time-zone=+00:00',
  '--mysqlx=OFF',
  '--skip-log-bin',
  '--performance-schema=OFF',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=OFF',
  '--loose-innodb-flush-method=nosync',
  '--innodb-buffer-pool-size=128M',
  '--loose-innodb-redo-log-capacity=64M',
];

/** The address of a server's root, who may create databases. */
export function rootUrl(port, password) {
  return `mysql://root:${password}@127.0.0.1:${port}/`;
}

/** By TCP and with a real login: a server that is still being set up answers on its socket already, and refuses the password. */
export async function waitForLogin(url, stillRuns) {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await canLogIn(url))) {
    if (!stillRuns()) throw new Trouble('MySQL 启动后退出。', 'MySQL ended while starting.');
    if (performance.now() > deadline) throw new Trouble('MySQL 90 秒内没有就绪。', 'MySQL was not ready within 90 s.');
    await sleep(POLL_MS);
  }
}

/** Imported here and not above, because this file is read before anything is installed. */
export async function canLogIn(url) {
  const { createConnection } = await import('mysql2/promise');
  try {
    const connection = await createConnection({ uri: url, connectTimeout: 2_000 });
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}
