import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 10;

/** Looks again and again until `look` gives something, for what the server does behind its answers. */
export async function eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const found = await look();
    if (found) return found;
    await delay(LOOK_AGAIN_MS);
  }
  throw new Error(`It did not happen within ${PATIENCE_MS} ms: ${what}`);
}
