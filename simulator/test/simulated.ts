import { DEFAULT_APP, startSimulator, type Simulator, type SimulatorOptions } from '../src/simulator.js';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

type Json = Record<string, unknown>;

let running: Simulator | undefined;

/** Starts the simulator of one test; `stop` ends it. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  running = await startSimulator({ port: 0, ...options });
  return running;
}

export async function stop(): Promise<void> {
  await running?.close();
  running = undefined;
}

export function urlOf(path: string): string {
  if (!running) throw new Error('start() first');
  return running.url + path;
}

export async function request(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(urlOf(path), init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Uses the control door the way a test of the server would, and fails on anything but success. */
export async function control<Answer = Json>(method: string, path: string, body?: unknown): Promise<Answer> {
  const { status, text } = await attempt(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** The same, when the test is about being refused. */
export function attempt(method: string, path: string, body?: unknown): Promise<Reply> {
  const headers = { 'content-type': 'application/json' };
  return request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

export async function codeFor(user: string, more: Json = {}): Promise<string> {
  const { code } = await control<{ code: string }>('POST', '/__sim/codes', { user, ...more });
  return code;
}

export async function addFault(fault: Json): Promise<void> {
  await control('POST', '/__sim/faults', { endpoint: '/sns/jscode2session', ...fault });
}

/** The path of a code exchange; a parameter given as undefined is left out. */
export function exchangePath(parameters: Record<string, string | undefined>): string {
  const { id: appid, secret } = DEFAULT_APP;
  const all = { appid, secret, grant_type: 'authorization_code', ...parameters };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/sns/jscode2session?${new URLSearchParams(given)}`;
}

export function exchange(
  code: string | undefined,
  parameters: Record<string, string | undefined> = {},
): Promise<Reply> {
  return request(exchangePath({ js_code: code, ...parameters }));
}

/** The JSON that WeChat would give for the code. */
export async function session(
  code: string | undefined,
  parameters: Record<string, string | undefined> = {},
): Promise<Json> {
  const { text } = await exchange(code, parameters);
  return JSON.parse(text) as Json;
}

export async function errcode(
  code: string | undefined,
  parameters: Record<string, string | undefined> = {},
): Promise<unknown> {
  return (await session(code, parameters)).errcode;
}

/** How a request ended that got no answer: `ECONNRESET`, `UND_ERR_SOCKET`, `TimeoutError` … */
export async function failureOf(response: Promise<unknown>): Promise<string | undefined> {
  const error = await response.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { name, cause } = (error ?? {}) as Error & { cause?: { code?: string } };
  return cause?.code ?? name;
}
