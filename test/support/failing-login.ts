import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { Answer } from './http-client.js';
import { expectProblem } from './problems.js';
import { storedRows } from './stored-rows.js';
import type { TestApp } from './test-app.js';
import { loginWithWechat } from './wechat-phone.js';

/** WeChat cuts a mini-program's own request 5 s after it went to the background. */
const ANSWERED_WITHIN_MS = 5_000;

export interface Refusal {
  status: number;
  code: string;
  /** Seconds, in header and body; without it there must be none. */
  retryAfter?: number;
}

/** How often the simulator was asked about this code. */
export async function exchangesOf({ wechat }: TestApp, code: string): Promise<number> {
  const calls = (await wechat.calls()) as unknown as { query: { js_code?: string } }[];
  return calls.filter(({ query }) => query.js_code === code).length;
}

/** Logs in while WeChat fails: answered in time with exactly this, and not a row is written. */
export async function expectLoginRefused(
  test: TestApp,
  code: string,
  refusal: Refusal,
): Promise<Answer<ProblemDetails>> {
  const before = await storedRows(test.dataSource);
  const started = performance.now();

  const answer = await test.client.post<ProblemDetails>('/api/v1/auth/wechat', { code });

  expect(performance.now() - started).toBeLessThan(ANSWERED_WITHIN_MS);
  expectProblem(answer, refusal.status, refusal.code);
  const { retryAfter } = refusal;
  expect([answer.headers.get('retry-after'), answer.body.retryAfter]).toEqual([
    retryAfter?.toString() ?? null,
    retryAfter,
  ]);
  expect(await storedRows(test.dataSource)).toEqual(before);
  return answer;
}

/** What went wrong is over: somebody logs in as if nothing had been. */
export async function expectLoginWorks(test: TestApp, user: string): Promise<void> {
  const { status, body } = await loginWithWechat(test, user);
  expect({ status, body }).toMatchObject({ status: 200, body: { tokenType: 'Bearer' } });
}
