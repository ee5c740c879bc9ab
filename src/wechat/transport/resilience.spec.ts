import { BrokenCircuitError, BulkheadRejectedError, TaskCancelledError } from 'cockatiel';
import { createLogger } from '../../platform/observability/logger.js';
import { ENDPOINTS } from './endpoints.js';
import { Resilience } from './resilience.js';
import { WechatUnreachable } from './wechat-http.js';
import { WechatErrcode, WechatReplyMalformed } from './wechat-replies.js';

const { code2Session, checkSessionKey, getPhoneNumber, getUserRiskRank } = ENDPOINTS;
const signal = new AbortController().signal;
const refusal = (errcode: number) => new WechatErrcode(errcode, undefined, undefined);

describe('Resilience', () => {
  let resilience: Resilience;
  let lines: string[];
  beforeEach(() => {
    lines = [];
    resilience = new Resilience(createLogger('info', { write: (line: string) => void lines.push(line) }));
  });

  const run = (endpoint: (typeof ENDPOINTS)[keyof typeof ENDPOINTS], work: () => Promise<unknown>) =>
    resilience.run(endpoint, signal, work).catch((error: unknown) => error);
  const fail = (error: Error) => () => Promise.reject(error);

  async function failOften(error: Error, endpoint: (typeof ENDPOINTS)[keyof typeof ENDPOINTS] = code2Session) {
    for (let i = 0; i < 20; i++) await run(endpoint, fail(error));
  }

  it.each([
    ['-1', refusal(-1)],
    ['a timeout', new WechatUnreachable('deadline passed', false)],
    ['a refused connection', new WechatUnreachable('ECONNREFUSED', true)],
    ['HTML', new WechatReplyMalformed('not a JSON object')],
    ['HTTP 502', new WechatReplyMalformed('HTTP 502', 502)],
  ])('holds calls back after many a %s, and says so once', async (_what, error) => {
    await failOften(error);

    expect(await run(code2Session, () => Promise.resolve('sent'))).toBeInstanceOf(BrokenCircuitError);
    expect(lines).toHaveLength(1);
  });

  it.each([40029, 40163, 40226, 45011, 40001, 40164, 45009])('takes a %s for an answer', async (errcode) => {
    await failOften(refusal(errcode));

    expect(await run(code2Session, () => Promise.resolve('sent'))).toBe('sent');
    expect(lines).toEqual([]);
  });

  it('keeps the groups of endpoints apart', async () => {
    await failOften(refusal(-1), getUserRiskRank);

    expect(await run(getPhoneNumber, () => Promise.resolve('sent'))).toBe('sent');
    expect(await run(code2Session, () => Promise.resolve('sent'))).toBe('sent');
  });

  it('tries an idempotent call up to three times, and any other once', async () => {
    let tries = 0;
    const work = () => Promise.reject(tries++ < 2 ? refusal(-1) : refusal(87009));

    expect(await run(checkSessionKey, work)).toMatchObject({ errcode: 87009 });
    expect(tries).toBe(3);
    expect(await run(getPhoneNumber, fail(refusal(-1)))).toMatchObject({ errcode: -1 });
  });

  it('turns a call away at once when too many wait already', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const calls = Array.from({ length: 601 }, () => run(code2Session, () => gate.then(() => 'sent')));

    expect(await calls[600]).toBeInstanceOf(BulkheadRejectedError);
    release();
    expect(new Set(await Promise.all(calls.slice(0, 600)))).toEqual(new Set(['sent']));
  });

  it('does not begin a call whose deadline has passed', async () => {
    const work = jest.fn();

    await expect(resilience.run(code2Session, AbortSignal.abort(), work)).rejects.toBeInstanceOf(TaskCancelledError);
    expect(work).not.toHaveBeenCalled();
  });
});
