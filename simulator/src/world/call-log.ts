import type { Clock } from './clock.js';

const CAPACITY = 1000;
const SECRET_PARAMETERS = new Set(['secret', 'appsecret']);
const SHORTENED_PARAMETERS = new Set(['access_token', 'signature']);

/** One request to WeChat's paths, written down when it arrives and completed when it is answered. */
export interface Call {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  /** The JSON object that was sent, if one was. */
  body?: Record<string, unknown>;
  /** The app that WeChat recognised. */
  appId?: string;
  /** Null while there is no answer, and for good when a fault gives none. */
  status: number | null;
  /** 0 for a success; null when WeChat's part was never reached. */
  errcode: number | null;
  readonly fault?: string;
}

/** The last 1,000 calls, newest last. */
export class CallLog {
  private readonly calls: Call[] = [];

  constructor(private readonly clock: Clock) {}

  /** Writes an arriving call down and returns the entry, to be completed with its outcome. */
  add(arrival: { method: string; path: string; query: URLSearchParams; fault?: string }): Call {
    const at = new Date(this.clock.now()).toISOString();
    const call: Call = { at, ...arrival, query: readable(arrival.query), status: null, errcode: null };
    this.calls.push(call);
    if (this.calls.length > CAPACITY) this.calls.shift();
    return call;
  }

  all(): readonly Call[] {
    return this.calls;
  }

  latest(count: number): readonly Call[] {
    return this.calls.slice(-count);
  }
}

/** The body as far as it is a JSON object, without its secret. */
export function readableBody(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, maskAny(name, field)]));
  } catch {
    return undefined;
  }
}

function maskAny(name: string, value: unknown): unknown {
  return SECRET_PARAMETERS.has(name) && value ? '***' : value;
}

/** Shows a parameter that was sent twice with both values, since that is a mistake worth seeing. */
function readable(query: URLSearchParams): Record<string, string> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, mask(name, query.getAll(name).join(', '))]));
}

function mask(name: string, value: string): string {
  if (SHORTENED_PARAMETERS.has(name) && value.length > 16) return shortened(value);
  return SECRET_PARAMETERS.has(name) && value ? '***' : value;
}

/** Enough of a secret to tell it from another, and not enough to use it. */
export function shortened(secret: string): string {
  return `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}
