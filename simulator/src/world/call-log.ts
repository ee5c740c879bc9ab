import type { Clock } from './clock.js';

const CAPACITY = 1000;
const SECRET_PARAMETERS = new Set(['secret', 'appsecret']);

/** One request to WeChat's paths, written down when it arrives and completed when it is answered. */
export interface Call {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
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
    const call = { at, ...arrival, query: readable(arrival.query), status: null, errcode: null };
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

/** Shows a parameter that was sent twice with both values, since that is a mistake worth seeing. */
function readable(query: URLSearchParams): Record<string, string> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, mask(name, query.getAll(name).join(', '))]));
}

function mask(name: string, value: string): string {
  return SECRET_PARAMETERS.has(name) && value ? '***' : value;
}
