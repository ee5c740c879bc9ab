import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running child process, what it wrote so far, and its end. */
export interface Running {
  process: ChildProcess;
  output: { stdout: string; stderr: string };
  ended: Promise<Ended>;
  stop(): Promise<Ended>;
}

/** Path of a compiled file; `npm test` compiles before it tests, a lone `npx jest` does not. */
export function built(file: string): string {
  const path = join(PROJECT, file);
  if (!existsSync(path)) throw new Error(`${file} is missing: run \`npm run build\` first, or use \`npm test\``);
  return path;
}

/** Starts Node with nothing of our environment but PATH and what `variables` says; `input` is its whole stdin. */
export function startNode(args: string[], variables: Record<string, string> = {}, input?: string): Running {
  const env = { PATH: process.env.PATH, ...variables };
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const child = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: [stdin, 'pipe', 'pipe'] });
  child.stdin?.end(input);
  const output = { stdout: '', stderr: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...output }));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { process: child, output, ended, stop };
}

/** Runs a compiled program to its end. */
export function runBuilt(
  file: string,
  args: string[],
  variables: Record<string, string> = {},
  input?: string,
): Promise<Ended> {
  return startNode([built(file), ...args], variables, input).ended;
}
