import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';

const PROGRAM = process.env.TEST_REDIS_SERVER;
const READY_WITHIN_MS = 20_000;
const PORTS_TRIED = 5;

/** For promises that take a real Redis: scripts/test.mjs says where one is, and says loudly when there is none. */
export const describeWithRedis = PROGRAM ? describe : describe.skip;

/** A redis-server of one test file's own, which keeps nothing on disk. */
export interface TestRedis {
  url: string;
  /** Ends it as a crash does, with everything that it knew. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  restart(): Promise<void>;
  /** Makes it hang: connections stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1; `stop` it in afterAll. */
export async function startTestRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'wx-login-redis-'));
  const { port, child } = await launchAnywhere(folder);
  let running: ChildProcess | null = child;
  const kill = async (): Promise<void> => {
    const dying = running;
    running = null;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = once(dying, 'exit');
    dying.kill('SIGKILL');
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}/0`,
    kill,
    restart: async () => {
      await kill();
      running = await launch(port, folder);
      if (!running) throw new Error('redis-server did not start again');
    },
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// Between finding a free port and taking it, another program may have taken it.
async function launchAnywhere(folder: string): Promise<{ port: number; child: ChildProcess }> {
  for (let tried = 0; tried < PORTS_TRIED; tried++) {
    const port = await freePort();
    const child = await launch(port, folder);
    if (child) return { port, child };
  }
  throw new Error('redis-server did not start');
}

/** Null when it ended while starting. */
async function launch(port: number, folder: string): Promise<ChildProcess | null> {
  if (!PROGRAM) throw new Error('TEST_REDIS_SERVER is not set');
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const [file = '', ...args] = [...tie(), PROGRAM, ...settings];
  const child = spawn(file, args, { stdio: 'ignore' });
  child.once('error', () => {}); // told by the exit code
  for (const deadline = performance.now() + READY_WITHIN_MS; performance.now() < deadline; await delay(20)) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return null;
    if (await answers(port)) return child;
  }
  child.kill('SIGKILL');
  return null;
}

// Where Linux offers it, the kernel ends the server when this test's process dies, even by SIGKILL.
function tie(): string[] {
  const tied = ['setpriv', '--pdeathsig', 'KILL'];
  return spawnSync('setpriv', [...tied.slice(1), 'true']).status === 0 ? tied : [];
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (reply) => {
      resolve(reply.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
