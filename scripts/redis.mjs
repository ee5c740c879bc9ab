// A real Redis for the tests, from whatever this machine offers. Each test file starts its own from the program found here.
import { chmodSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianTree, linkerOf } from './platform/debian.mjs';
import { ask } from './platform/processes.mjs';

const REDIS = {
  name: 'Redis',
  packageName: 'redis-server',
  // What prepares the machine for a service that starts with it: none of it is used here.
  notNeeded: /^(adduser|passwd|perl|libperl|libpam|login|dpkg|tar|base-|debconf|sysvinit|init-system|lsb-base|procps)/,
  leftOut: ['./etc/*', './var/*'],
};
const PLACES = ['redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];

/** A redis-server that can be started: what was given, the machine's own, Debian's; null where there is none. */
export async function findRedisServer() {
  const given = process.env.TEST_REDIS_SERVER;
  if (given) return given;
  const installed = PLACES.find((place) => ask(place, '--version'));
  if (installed) return installed;
  return await debianRedis().catch((error) => {
    console.error(error.message);
    return null;
  });
}

async function debianRedis() {
  const tree = await debianTree(REDIS);
  return tree && launcher(tree);
}

/** One file to execute, as tests are given a program and not a command line. */
function launcher(tree) {
  const file = join(tree, 'redis-server');
  if (existsSync(file)) return file;
  const { linker, folder } = linkerOf(tree);
  const program = join(tree, 'usr/bin/redis-server');
  const half = `${file}.${process.pid}`;
  writeFileSync(half, `#!/bin/sh\nexec '${linker}' --library-path '${folder}' '${program}' "$@"\n`);
  chmodSync(half, 0o755);
  renameSync(half, file);
  return file;
}
