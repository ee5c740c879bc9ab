// What a bare clone lacks: installs what the lock file names and builds what changed. Plain Node, as nothing is installed yet.
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest, exclusively, files, isStamped, stamped } from './platform/once.mjs';
import { run, runNode } from './platform/processes.mjs';
import { narrate, Trouble } from './platform/say.mjs';

const OLDEST_NODE = [20, 19];
const NPM_CI = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const TARGETS = [
  {
    name: ['服务端', 'server'],
    stamp: 'dist/.built',
    main: 'dist/src/main.js',
    sources: [
      'src',
      'proto',
      'ormconfig.ts',
      'nest-cli.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'package-lock.json',
    ],
    compile: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
  },
  {
    name: ['微信模拟器', 'WeChat simulator'],
    stamp: 'simulator/dist/.built',
    main: 'simulator/dist/main.js',
    sources: ['simulator/src', 'simulator/tsconfig.build.json', 'tsconfig.json', 'package-lock.json'],
    compile: ['node_modules/typescript/bin/tsc', '-p', 'simulator/tsconfig.build.json'],
  },
  {
    name: ['小程序 SDK', 'mini-program SDK'],
    stamp: 'client/sdk/dist/.built',
    main: 'client/sdk/dist/index.js',
    sources: [
      'client/sdk/src',
      'client/sdk/build.mjs',
      'client/sdk/bundle.mjs',
      'client/sdk/tsconfig.build.json',
      'tsconfig.json',
      'package-lock.json',
    ],
    compile: ['client/sdk/build.mjs'],
  },
  {
    name: ['示例小程序', 'demo mini-program'],
    stamp: 'client/demo/miniprogram/miniprogram_npm/.built',
    main: 'client/demo/miniprogram/miniprogram_npm/@wx-login/sdk/index.js',
    sources: ['client/sdk/src', 'client/sdk/bundle.mjs', 'client/demo/build.mjs', 'package-lock.json'],
    compile: ['client/demo/build.mjs'],
  },
  {
    name: ['小程序预览', 'mini-program preview'],
    stamp: 'client/preview/dist/.built',
    main: 'client/preview/dist/main.js',
    sources: [
      'client/preview/src/main.ts',
      'client/preview/src/server',
      'client/preview/src/bundle',
      'client/preview/build.mjs',
      'package-lock.json',
    ],
    compile: ['client/preview/build.mjs'],
  },
  {
    name: ['网页', 'web page'],
    stamp: 'web/dist/.built',
    main: 'web/dist/index.html',
    sources: [
      'web/src',
      'web/index.html',
      'web/build.mjs',
      'web/vite.config.mjs',
      'src/users/passwords/password-rules.ts',
      'src/users/username-rule.ts',
      'package-lock.json',
    ],
    compile: ['web/build.mjs'],
  },
];

/** Called first by every command: an old Node would fail later with an error that does not name the cause. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  const wanted = OLDEST_NODE.join('.');
  console.error(
    `需要 Node ${wanted} 或更新版本，当前是 ${process.version}。\nNode ${wanted} or newer is needed; this is ${process.version}.`,
  );
  process.exit(1);
}

/** A production image holds dist and node_modules only: there is nothing to install or build. */
export function hasSources() {
  return existsSync('src') && existsSync('tsconfig.build.json');
}

/** npm ci when the lock file, Node's ABI or the platform differs from what node_modules was made for. */
export async function install() {
  const stamp = 'node_modules/.installed';
  const wanted = `${digest(['package-lock.json'])} abi${process.versions.modules} ${process.platform}-${process.arch}`;
  if (isStamped(stamp, wanted)) return;
  await exclusively('.install.lock', async () => {
    if (isStamped(stamp, wanted)) return;
    await stamped(stamp, wanted, () => narrate(['安装依赖（npm ci）', 'installing dependencies'], npmCi));
  });
}

/** Compiles what is stale, side by side, each only when its own sources changed. */
export async function build() {
  if (staleTargets().length === 0) return;
  await exclusively('.build.lock', async () => {
    const results = await Promise.allSettled(staleTargets().map(buildTarget));
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  });
}

/** Settings of a person's own machine; a variable that is set already wins over the file. */
export function loadEnvFile() {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** Everything a command needs before it can run the compiled program. */
export async function prepare() {
  if (!hasSources()) return;
  await install();
  await build();
}

/** No grace, because npm takes long to give up, and what it leaves without a stamp is installed anew anyway. */
async function npmCi() {
  const shell = process.platform === 'win32' && !npmCli();
  const { code } = await run([...npm(), ...NPM_CI], { graceMs: 0, shell, stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Trouble('npm ci 失败。', 'npm ci failed.');
}

function npm() {
  const cli = npmCli();
  return cli ? [process.execPath, cli] : ['npm'];
}

function npmCli() {
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  return [process.env.npm_execpath, beside].find((path) => path && /npm-cli\.[cm]?js$/.test(path) && existsSync(path));
}

function staleTargets() {
  return TARGETS.map((target) => ({ ...target, digest: digestOf(target) })).filter(
    (target) => !existsSync(target.main) || !isStamped(target.stamp, target.digest),
  );
}

function digestOf({ sources }) {
  return digest(sources.flatMap(files).filter((path) => !path.endsWith('.spec.ts')));
}

async function buildTarget({ name: [zh, en], stamp, digest, main, compile }) {
  await stamped(stamp, digest, () =>
    narrate([`编译${zh}`, `building the ${en}`], async () => {
      rmSync(dirname(stamp), { recursive: true, force: true });
      const { code, output } = await runNode(compile, { stdio: ['ignore', 'pipe', 'pipe'] });
      if (code !== 0 || !existsSync(main)) throw new Trouble(`${zh}编译失败。`, `The ${en} did not build.`, output);
    }),
  );
}
