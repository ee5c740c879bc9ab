import type { Core } from '../core.js';

/**
 * The server's time, as far as its answers tell. A phone's clock may be wrong by days, or be moved while the app runs:
 * it only measures how long ago the server last said what time it is.
 */
export function serverNow({ kept }: Core): number {
  return Date.now() + kept.offset;
}

/** Takes the `Date` header of an answer. */
export function hearDate({ kept }: Core, date: string | undefined): void {
  const time = Date.parse(date as string);
  if (time) kept.offset = time - Date.now();
}
