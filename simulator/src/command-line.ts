import { parseArgs } from 'node:util';
import { DEFAULT_APP, type App, type SimulatorOptions } from './simulator.js';

export const HELP = `wechat-simulator — 本地的微信小程序服务端接口 · a local server that answers like WeChat's mini-program API

  SIMULATOR_PORT  端口 · port                                    3001 (0 = any free)
  SIMULATOR_HOST  监听地址 · address to listen on                127.0.0.1
  SIMULATOR_APPS  小程序 · mini-programs                         ${DEFAULT_APP.id}:${DEFAULT_APP.secret}
                  id:secret[:openPlatform],id:secret… 或 JSON · or JSON: [{"id":…,"secret":…,"push":{…}}]

  控制台 · console  GET /        控制接口 · control door  /__sim/… (README.md)`;

/** Reads the words after the program's name, and throws on one it does not know. */
export function readArguments(words: string[]): { help: boolean } {
  const { values } = parseArgs({ args: words, options: { help: { type: 'boolean', short: 'h', default: false } } });
  return { help: values.help };
}

/** Reads SIMULATOR_*; an empty variable counts as unset, and errors name variables but never a secret. */
export function readEnvironment(env: NodeJS.ProcessEnv): SimulatorOptions & { host: string } {
  return {
    port: readPort(env.SIMULATOR_PORT || '3001'),
    host: env.SIMULATOR_HOST || '127.0.0.1',
    ...(env.SIMULATOR_APPS && { apps: readApps(env.SIMULATOR_APPS) }),
  };
}

/** Says what to do about an error that kept the simulator from starting. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE') {
    return `端口 ${port} 已被占用 · port ${port} is in use; set SIMULATOR_PORT to another one, or to 0 for any free port`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `SIMULATOR_HOST 不是本机地址 · this machine has no address ${address ?? 'of that name'}`;
  }
  return error.message;
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error('SIMULATOR_PORT 应为 0–65535 的整数 · must be a whole number from 0 to 65535');
}

function readApps(text: string): App[] {
  return text.trim().startsWith('[') ? readJson(text) : text.split(',').map(readApp);
}

function readJson(text: string): App[] {
  try {
    return JSON.parse(text) as App[]; // startSimulator says what is wrong with one
  } catch {
    throw new Error('SIMULATOR_APPS 不是有效的 JSON · is not valid JSON');
  }
}

function readApp(entry: string, index: number): App {
  const [id, secret, openPlatform, ...rest] = entry.trim().split(':');
  if (!id || !secret || openPlatform === '' || rest.length > 0) {
    throw new Error(`SIMULATOR_APPS 第 ${index + 1} 项应为 · entry ${index + 1} must be id:secret[:openPlatform]`);
  }
  return { id, secret, ...(openPlatform && { openPlatform }) };
}
