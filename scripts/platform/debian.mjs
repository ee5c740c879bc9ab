// Programs from Debian's packages, verified by apt and unpacked into the cache: nothing is installed on the machine.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { exclusively, files } from './once.mjs';
import { ask, run } from './processes.mjs';
import { narrate, Trouble } from './say.mjs';
import { cacheFolder } from './cache.mjs';

const SUITE = 'sid';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const LEFT_OUT = ['./usr/share/doc*', './usr/share/man*', './usr/share/locale*', '*/gconv/*'];
const QUIET = { stdio: ['ignore', 'pipe', 'pipe'] };

/**
 * The folder that the package and all it depends on are unpacked in, or null on a machine that is not Debian.
 * `notNeeded` matches names of packages to leave out, `leftOut` lists paths.
 */
export async function debianTree(program) {
  const uri = debianUri();
  if (!uri || !isAble()) return null;
  const tree = join(cacheFolder(), `${program.name.toLowerCase()}-debian`);
  await exclusively(`${tree}.lock`, async () => {
    if (!existsSync(tree)) await fetchTree(uri, tree, program);
  });
  return tree;
}

/** A tree's own dynamic linker and libraries, because programs of sid want a newer libc than a stable Debian has. */
export function linkerOf(tree) {
  const libraries = files(join(tree, 'usr/lib')).find((path) => path.endsWith('/libc.so.6'));
  const folder = libraries.slice(0, libraries.lastIndexOf('/'));
  return {
    linker: join(
      folder,
      readdirSync(folder).find((name) => name.startsWith('ld-linux')),
    ),
    folder,
  };
}

/** The machine's own mirror of Debian; one of its derivatives has no suite named sid. */
function debianUri() {
  const lists = ['/etc/apt/sources.list', '/etc/apt/sources.list.d'].flatMap(files);
  const text = lists.map((path) => readFileSync(path, 'utf8')).join('\n');
  return text.match(/^(?:URIs:|deb )[^\n]*?(https?:\/\/[^\s\]]*\/debian)\/?(?=\s|$)/m)?.[1];
}

function isAble() {
  return (
    existsSync(KEYRING) &&
    [
      ['apt-get', '-v'],
      ['dpkg-deb', '--version'],
      ['tar', '--version'],
    ].every((tool) => ask(...tool))
  );
}

async function fetchTree(uri, tree, { name, packageName, notNeeded, leftOut }) {
  const work = `${tree}.apt`;
  rmSync(work, { recursive: true, force: true });
  const env = { APT_CONFIG: writeAptConfig(work, uri) };
  const debs = join(work, 'debs');
  const packages = await selectPackages(env, packageName, notNeeded);
  const total = megabytes(packages.reduce((sum, { size }) => sum + size, 0));
  const progress = () => `${megabytes(sizeOf(debs))}/${total} MB`;
  const download = () => apt(env, ['download', ...packages.map((item) => item.name)], { cwd: debs });
  await narrate([`下载 ${name}（${total} MB，仅一次）`, `downloading ${name}, once`], download, progress);
  await narrate([`解压 ${name}`, `unpacking ${name}`], () => unpack(debs, tree, leftOut));
  rmSync(work, { recursive: true, force: true });
}

/** Lists, cache and status of its own: apt neither needs root for them nor touches the machine's. */
function writeAptConfig(work, uri) {
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'debs', 'none.d']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  writeFileSync(join(work, 'state/status'), '');
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${KEYRING}] ${uri} ${SUITE} main\n`);
  const settings = {
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'state/status'),
    'Dir::Cache': join(work, 'cache'),
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': join(work, 'none.d'),
    'Dir::Etc::preferencesparts': join(work, 'none.d'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': 'root',
  };
  const path = join(work, 'apt.conf');
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
  writeFileSync(path, lines.join(''));
  return path;
}

/** What an empty system would install for the package, with the sizes of the downloads. */
async function selectPackages(env, packageName, notNeeded) {
  await narrate(['读取 Debian 软件包列表', 'reading the list of Debian packages'], () => apt(env, ['update']));
  const plan = await apt(env, ['-s', 'install', packageName]);
  const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name).filter((name) => !notNeeded.test(name));
  const uris = await apt(env, ['download', '--print-uris', ...names]);
  const sizes = new Map(
    [...uris.matchAll(/^'[^']*' ([^_]+)_\S+ (\d+)/gm)].map(([, name, size]) => [name, Number(size)]),
  );
  return names.map((name) => ({ name, size: sizes.get(name) ?? 0 }));
}

async function apt(env, args, options = {}) {
  const { code, output } = await run(['apt-get', '-q', ...args], { env, ...QUIET, ...options });
  if (code === 0) return output;
  throw new Trouble(
    `apt-get ${args[0]} 失败。`,
    `apt-get ${args[0]} failed.`,
    output.trim().split('\n').slice(-5).join('\n'),
  );
}

/** Under another name until it is whole: a tree that exists is a tree that works. */
async function unpack(debs, tree, leftOut) {
  const half = `${tree}.half`;
  rmSync(half, { recursive: true, force: true });
  linkMergedFolders(half);
  const left = [...LEFT_OUT, ...leftOut].map((path) => `--exclude=${path}`);
  const pipe = 'deb=$1; shift; dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --no-same-owner "$@"';
  for (const deb of readdirSync(debs)) {
    const { code, output } = await run(['sh', '-c', pipe, 'sh', join(debs, deb), '-C', half, ...left], QUIET);
    if (code !== 0) throw new Trouble(`解压 ${deb} 失败。`, `Could not unpack ${deb}.`, output);
  }
  renameSync(half, tree);
}

/** As base-files does: some packages still bring /lib, others /usr/lib. */
function linkMergedFolders(tree) {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(tree, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(tree, name));
  }
}

function sizeOf(folder) {
  return files(folder).reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}
