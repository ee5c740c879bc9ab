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

const PATIENCE_MS = 10_000;

/** Looks again and again until `look` gives something, for what the server does behind its answers. */
export async function eventuallyFound<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const found = await look();
    if (found) return found;
    await delay(POLL_MS);
  }
  throw new Error(`It did not happen within ${PATIENCE_MS} ms: ${what}`);
}
