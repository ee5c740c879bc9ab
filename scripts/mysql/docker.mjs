// MySQL in a container, for machines that have Docker but no mysqld.
import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { ask, isAlive, run } from '../platform/processes.mjs';
import { narrate, Trouble } from '../platform/say.mjs';
import { FLAGS, rootUrl, waitForLogin } from './server.mjs';

const IMAGE = 'mysql:9';
const LABEL = 'wx-login.test-mysql';

/** False also for an engine on another machine: the container's port would not be on ours. */
export function hasDocker() {
  const isRemote = /^(tcp|ssh):/.test(process.env.DOCKER_HOST ?? '');
  return !isRemote && ask('docker', 'info', '--format', '{{.ServerVersion}}') !== null;
}

/** With `keep` it outlives this process, until stopContainer is given what `kept` holds. */
export async function startContainer({ keep = false } = {}) {
  removeAbandoned();
  if (ask('docker', 'image', 'inspect', IMAGE) === null) {
    await narrate([`拉取 ${IMAGE}`, 'pulling the image'], pull);
  }
  const password = randomBytes(12).toString('hex');
  const container = create(password, keep ? 0 : process.pid);
  const kept = { container };
  const stop = () => stopContainer(kept);
  process.once('exit', stop);
  const url = rootUrl(portOf(container), password);
  await narrate(['启动 MySQL 容器', 'starting the MySQL container'], () => waitForLogin(url, () => runs(container)));
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

/** Safe to call again: a container that is gone stays gone. */
export function stopContainer({ container }) {
  spawnSync('docker', ['rm', '--force', '--volumes', container], { stdio: 'ignore' });
}

async function pull() {
  const { code } = await run(['docker', 'pull', '--quiet', IMAGE], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) throw new Trouble(`无法拉取 ${IMAGE}。`, `${IMAGE} could not be pulled.`);
}

function create(password, owner) {
  const options = ['--detach', '--rm', '--label', `${LABEL}=${owner}`, '--publish', '127.0.0.1::3306'];
  const data = ['--tmpfs', '/var/lib/mysql', '--env', `MYSQL_ROOT_PASSWORD=${password}`, '--env', 'MYSQL_ROOT_HOST=%'];
  const container = ask('docker', 'run', ...options, ...data, IMAGE, ...FLAGS);
  if (container) return container;
  throw new Trouble(`无法启动 ${IMAGE} 容器。`, `The ${IMAGE} container did not start.`);
}

function portOf(container) {
  return ask('docker', 'port', container, '3306/tcp')?.match(/:(\d+)/)?.[1];
}

function runs(container) {
  return ask('docker', 'inspect', '--format', '{{.State.Running}}', container) === 'true';
}

/** A command killed by SIGKILL could not clean up after itself. */
function removeAbandoned() {
  const list = ask('docker', 'ps', '--all', '--filter', `label=${LABEL}`, '--format', `{{.ID}} {{.Label "${LABEL}"}}`);
  for (const line of (list ?? '').split('\n').filter(Boolean)) {
    const [container, owner] = line.split(' ');
    if (Number(owner) && !isAlive(Number(owner))) stopContainer({ container });
  }
}
