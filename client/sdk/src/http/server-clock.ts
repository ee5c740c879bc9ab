/**
 * The server's time, as far as its answers tell. A phone's clock may be wrong by days, or be moved while the app runs:
 * it only measures how long ago the server last said what time it is.
 */
export class ServerClock {
  /** Milliseconds from the phone's clock to the server's. */
  offset = 0;

  now(): number {
    return Date.now() + this.offset;
  }

  /** Takes the `Date` header of an answer. */
  hear(date: string | undefined): void {
    const time = Date.parse(date ?? '');
    if (time) this.offset = time - Date.now();
  }
}
