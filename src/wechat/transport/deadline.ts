import { timeout, TimeoutStrategy } from 'cockatiel';

/**
 * Gives up on `work` after so many milliseconds, wherever it waits; its signal ends the request that is under way.
 * @throws TaskCancelledError at the deadline
 */
export function withinDeadline<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return timeout(milliseconds, TimeoutStrategy.Aggressive).execute(({ signal }) => work(signal));
}
