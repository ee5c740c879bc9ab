import type { Answer } from './http-client.js';

/** What a client reacts to: the status, and the code of a refusal. `200`, or `401 sessions.ended`. */
export function outcome({ status, body }: Answer<unknown>): string {
  const { code } = (body ?? {}) as { code?: string };
  return code === undefined ? String(status) : `${status} ${code}`;
}

/** How often each outcome occurred among many answers. */
export function outcomes(answers: Answer<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[outcome(answer)] = (counts[outcome(answer)] ?? 0) + 1;
  return counts;
}
