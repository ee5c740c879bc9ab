import { PROBLEM_MEDIA_TYPE } from '../../src/platform/errors/problem-details.js';
import type { Answer } from './http-client.js';

const MEMBERS = ['code', 'detail', 'errors', 'requestId', 'retryAfter', 'status', 'title', 'type'];

/** What every error answer promises: its status and code, problem details and nothing else, never kept by a cache. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): void {
  const { headers, body } = answer;
  const members = Object.keys(body as object);
  expect({ status: answer.status, body }).toEqual({
    status,
    body: expect.objectContaining({
      status,
      code,
      type: `urn:wx-login:error:${code}`,
      title: expect.stringMatching(/\S/),
      requestId: headers.get('x-request-id'),
    }),
  });
  expect(members.filter((member) => !MEMBERS.includes(member))).toEqual([]);
  expect(headers.get('content-type')).toBe(`${PROBLEM_MEDIA_TYPE}; charset=utf-8`);
  expect(headers.get('cache-control')).toBe('no-store');
}
