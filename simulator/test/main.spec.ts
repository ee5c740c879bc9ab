import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startSimulator } from '../src/simulator.js';

const MAIN = join(__dirname, '../src/main.ts');
const READY = /ready: (http:\S+)\n$/;

function run(env: Record<string, string> = {}, ...words: string[]): ChildProcessWithoutNullStreams {
  const argv = ['--import', '@swc-node/register/esm-register', MAIN, ...words];
  return spawn(process.execPath, argv, { env: { PATH: process.env.PATH, SIMULATOR_PORT: '0', ...env } });
}

async function outcome(child: ChildProcessWithoutNullStreams) {
  const [out, error, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, error, exitCode: exitCode as number | null };
}

describe('wechat-simulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('says where it is, answers there, and ends cleanly on %s', async (signal) => {
    const child = run();
    const ended = outcome(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = READY.exec(String(line))?.[1];
    expect((await fetch(`${url}/__sim/state`)).status).toBe(200);
    child.kill(signal);
    expect(await ended).toEqual({ out: String(line), error: '', exitCode: 0 });
  });

  it('warns when the network can reach it', async () => {
    const child = run({ SIMULATOR_HOST: '0.0.0.0' });
    const ended = outcome(child);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ error: expect.stringContaining('0.0.0.0'), exitCode: 0 });
  });

  it('says in one line that the port is taken, and fails', async () => {
    const other = await startSimulator();
    const { out, error, exitCode } = await outcome(run({ SIMULATOR_PORT: String(other.port) }));
    await other.close();
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(error).toMatch(new RegExp(`^wechat-simulator: .*${other.port}.*\\n$`));
  });

  it('explains itself with --help', async () => {
    expect(await outcome(run({}, '--help'))).toMatchObject({
      out: expect.stringContaining('SIMULATOR_APPS'),
      exitCode: 0,
    });
  });
});
