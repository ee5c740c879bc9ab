import { withoutSecrets } from './masks.js';
import type { Phone, Phones } from './phones.js';
import type { Simulator } from './simulator.js';

/** One entry of the simulator's `GET /__sim/requests`. */
export interface LoggedCall {
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  body?: Record<string, unknown>;
  status: number | null;
  errcode: number | null;
  fault?: string;
}

/** Turns what the server asked WeChat, as the simulator wrote it down, into arrows of the phone that was the reason. */
export class WechatLog {
  /** The last entry that was read; nothing before the first reading, which tells nobody what came before us. */
  private last: string | undefined;
  private readonly open = new Map<string, { call: LoggedCall; phone: Phone }>();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly simulator: Simulator,
    private readonly phones: Phones,
  ) {}

  /** One reading after the other, so that no entry is told twice. */
  read(): Promise<void> {
    this.reading = this.reading.then(() => this.readNow());
    return this.reading;
  }

  /** Calls that were given no answer, once nobody waits for it any more. */
  async settle(): Promise<void> {
    await this.read();
    if (this.phones.waiting().length > 0) return;
    for (const [key, { call, phone }] of this.open) this.tellAnswer(key, call, phone);
  }

  private async readNow(): Promise<void> {
    const calls = await this.simulator.requests().catch(() => []);
    for (const call of calls) this.completeOpen(call);
    for (const call of this.newOnes(calls)) this.tell(call);
  }

  private newOnes(calls: LoggedCall[]): LoggedCall[] {
    const last = this.last;
    const newest = calls.at(-1);
    this.last = newest ? keyOf(newest) : '';
    if (last === undefined) return [];
    return calls.slice(calls.findLastIndex((call) => keyOf(call) === last) + 1);
  }

  private tell(call: LoggedCall): void {
    const phone = this.phones.withCode(call.query.js_code ?? call.body?.code) ?? this.phones.waiting()[0];
    if (!phone) return;
    phone.audience.tell({
      from: 'server',
      to: 'wechat',
      kind: 'request',
      about: `${call.method} ${call.path}`,
      details: { query: withoutSecrets(call.query), ...(call.body && { body: withoutSecrets(call.body) }) },
    });
    const key = keyOf(call);
    if (isAnswered(call)) this.tellAnswer(key, call, phone);
    else this.open.set(key, { call, phone });
  }

  private completeOpen(call: LoggedCall): void {
    const open = isAnswered(call) && this.open.get(keyOf(call));
    if (open) this.tellAnswer(keyOf(call), call, open.phone);
  }

  private tellAnswer(key: string, call: LoggedCall, phone: Phone): void {
    this.open.delete(key);
    const isLost = call.status === null;
    phone.audience.tell({
      from: 'wechat',
      to: 'server',
      kind: isLost ? 'lost' : 'answer',
      about: `${call.method} ${call.path}`,
      status: call.errcode,
      details: { httpStatus: call.status, errcode: call.errcode, ...(call.fault && { fault: call.fault }) },
    });
  }
}

function isAnswered({ status }: LoggedCall): boolean {
  return status !== null;
}

/** Entries have no number; two alike within one millisecond would have to carry the same code. */
function keyOf({ at, path, query, body }: LoggedCall): string {
  return JSON.stringify([at, path, query, body]);
}
