import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Asks again and again until the answer is yes, and returns the milliseconds it took. For promises about real time.
 * @param withinMs fails when it takes longer
 */
export async function eventually(isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<number> {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > withinMs) throw new Error(`Not so within ${withinMs} ms`);
    await delay(POLL_MS);
  }
  return performance.now() - began;
}
