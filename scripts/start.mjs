// npm start: from a bare clone to a server that answers, with the WeChat simulator and the preview beside it.
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFree } from './platform/ports.mjs';
import { command, start } from './platform/processes.mjs';
import { both, say, seconds, Trouble } from './platform/say.mjs';
import { loadEnvFile, prepare, requireNode } from './prepare.mjs';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 100;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
// A small nursery for young objects: 25 MB less memory at rest and no fewer requests a second (docs/decisions/0008-memory.md).
// Source maps would cost 15 MB more; the built JavaScript reads like its source.
const NODE_OPTIONS = ['--max-semi-space-size=2'];
const OWN_WECHAT = ['WECHAT_APP_ID', 'WECHAT_APPS', 'WECHAT_API_BASE_URL'];

const HELP = `npm start
  安装依赖、编译、启动微信模拟器、服务端和小程序预览，Ctrl-C 全部停止。
  Installs, builds, starts the WeChat simulator, the server and the mini-program preview; Ctrl-C ends them all.

  PORT=3000              服务端端口 · the server's port
  SIMULATOR_PORT=3001    模拟器端口 · the simulator's port
  PREVIEW_PORT=3002      小程序预览端口 · the preview's port
  LOG_LEVEL=debug        日志输出到终端（默认写入 data/logs）· logs to the terminal instead of data/logs
  DATA_DIR=data          数据目录 · where data is kept
  ${OWN_WECHAT.join(', ')}
                         设置任意一个即使用真实微信，不启动模拟器和预览 · any of these: real WeChat, no simulator, no preview
  .env                   以上变量也可写在这里 · may hold all of these
`;

function portOf(name, byDefault) {
  const port = Number(process.env[name] || byDefault);
  if (Number.isInteger(port) && port > 0 && port < 65536) return { name, port };
  throw new Trouble(`${name} 必须是 1 到 65535 的整数。`, `${name} must be a port number from 1 to 65535.`);
}

function usesSimulator() {
  return process.env.NODE_ENV !== 'production' && !OWN_WECHAT.some((name) => process.env[name]);
}

async function requireFree(wanted) {
  const names = wanted.map(({ name }) => name);
  if (new Set(wanted.map(({ port }) => port)).size < wanted.length) {
    throw new Trouble(`${names.join('、')} 不能相同。`, `${names.join(', ')} must differ.`);
  }
  for (const { name, port } of wanted) {
    if (await isFree(port)) continue;
    throw new Trouble(
      `端口 ${port} 已被占用。请停止占用它的程序，或换一个端口：${name}=${port + 100} npm start`,
      `Port ${port} is in use. Stop the program that uses it, or choose another port: ${name}=${port + 100} npm start`,
    );
  }
}

/** Goes on from start to start, and is set aside at 10 MB, so that the folder does not grow for ever. */
function openLog(name) {
  const folder = join(process.env.DATA_DIR || 'data', 'logs');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
  const begin = existsSync(path) ? statSync(path).size : 0;
  return { path, begin, file: openSync(path, 'a') };
}

/** A process group of its own, so that Ctrl-C reaches it once, through us. */
function launch({ name, main, env }) {
  const logsToTerminal = process.env.LOG_LEVEL || process.env.NODE_ENV === 'production';
  const log = logsToTerminal ? { file: 'inherit' } : openLog(name[1]);
  const child = start([process.execPath, ...NODE_OPTIONS, main], {
    env,
    stdio: ['ignore', log.file, 'inherit'],
    detached: process.platform !== 'win32',
  });
  const died = new Promise((_, reject) => {
    child.once('exit', (code, signal) => reject(death(name, signal ?? code, log)));
  });
  died.catch(() => {});
  return { name, log: log.path, died };
}

function death([zh, en], why, { path, begin }) {
  const log = path ? readFileSync(path).subarray(begin).toString() : '';
  const lastLines = log.trimEnd().split('\n').slice(-20).join('\n');
  return new Trouble(`${zh}意外退出（${why}）。`, `The ${en} ended by itself (${why}).`, lastLines);
}

async function isReady(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('connect', () => socket.destroy()).once('error', () => resolve(false));
  });
}

async function waitUntil(ready, [zh, en]) {
  const began = performance.now();
  let told = 0;
  while (!(await ready())) {
    const waited = performance.now() - began;
    if (waited > READY_WITHIN_MS) {
      throw new Trouble(`${zh} 60 秒内没有就绪。`, `The ${en} was not ready within 60 s.`);
    }
    if (waited > 5_000 * (told + 1)) say(`等待${zh} ${++told * 5} s…`, `waiting for the ${en}`);
    await sleep(POLL_MS);
  }
}

/** Works in any POSIX shell: the simulator's reply becomes the server's request. */
function loginLine(port, simulatorPort) {
  const json = "-H 'content-type: application/json' -d";
  return (
    `curl -s localhost:${simulatorPort}/__sim/codes ${json} '{"user":"alice"}'` +
    ` | sed 's/.*"code": *"\\([^"]*\\)".*/{"code":"\\1"}/'` +
    ` | curl -s localhost:${port}/api/v1/auth/wechat ${json} @-`
  );
}

function welcome({ port, simulatorPort, previewPort, logs, began }) {
  console.log(`\n${both(`已就绪（${seconds(began)}），按 Ctrl-C 停止`, 'ready, Ctrl-C to stop')}\n`);
  const rows = [
    ...(previewPort ? [['看懂微信登录 · see WeChat login', `http://localhost:${previewPort}/`]] : []),
    ['网页：注册、登录、设备、管理 · web page', `http://localhost:${port}/`],
    ['接口文档 · API docs', `http://localhost:${port}/docs`],
    ['健康检查 · health', `http://localhost:${port}/health`],
  ];
  if (simulatorPort) rows.push(['微信模拟器 · simulator', `http://localhost:${simulatorPort}/`]);
  if (logs.length > 0) rows.push(['日志 · logs', logs.join('  ')]);
  for (const [what, where] of rows) console.log(`  ${what}: ${where}`);
  if (simulatorPort) console.log(`\n试试登录 · try a login:\n\n  ${loginLine(port, simulatorPort)}\n`);
}

function programs({ port, simulatorPort, previewPort }) {
  const server = { name: ['服务端', 'server'], main: 'dist/src/main.js', env: { PORT: String(port) } };
  if (!simulatorPort) return [server];
  server.env.WECHAT_API_BASE_URL = `http://127.0.0.1:${simulatorPort}`;
  const env = { SIMULATOR_PORT: String(simulatorPort) };
  const preview = {
    name: ['小程序预览', 'preview'],
    main: 'client/preview/dist/main.js',
    env: {
      PREVIEW_PORT: String(previewPort),
      PREVIEW_SERVER_URL: `http://127.0.0.1:${port}`,
      PREVIEW_SIMULATOR_URL: server.env.WECHAT_API_BASE_URL,
    },
  };
  return [{ name: ['微信模拟器', 'simulator'], main: 'simulator/dist/main.js', env }, server, preview];
}

async function main() {
  requireNode();
  if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) return console.log(HELP) ?? 0;
  const began = performance.now();
  loadEnvFile();
  const server = portOf('PORT', 3000);
  const simulator = usesSimulator() ? portOf('SIMULATOR_PORT', 3001) : null;
  const preview = simulator && portOf('PREVIEW_PORT', 3002);
  const ports = { port: server.port, simulatorPort: simulator?.port, previewPort: preview?.port };
  const wanted = [server, simulator, preview].filter(Boolean);
  await requireFree(wanted);
  await prepare();
  await requireFree(wanted);
  const running = programs(ports).map(launch);
  const anyDeath = Promise.race(running.map(({ died }) => died));
  const ready = async () => {
    if (simulator) await waitUntil(() => isListening(simulator.port), ['模拟器', 'simulator']);
    await waitUntil(() => isReady(`http://127.0.0.1:${server.port}/health/ready`), ['服务端', 'server']);
    if (preview) await waitUntil(() => isListening(preview.port), ['小程序预览', 'preview']);
  };
  await Promise.race([ready(), anyDeath]);
  welcome({ ...ports, logs: running.map(({ log }) => log).filter(Boolean), began });
  return await anyDeath;
}

await command(main, { interrupted: 0 });
