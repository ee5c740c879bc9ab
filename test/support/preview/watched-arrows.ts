import type { Arrow } from '../../../client/preview/src/server/arrow.js';

/** What a page that watches a phone is told, by server-sent events. */
export class WatchedArrows {
  text = '';
  private readonly abort = new AbortController();

  /** Begins to watch. */
  static async of(url: string, phone: string): Promise<WatchedArrows> {
    const watched = new WatchedArrows();
    const response = await fetch(`${url}/events?phone=${phone}`, { signal: watched.abort.signal });
    void watched.read(response.body!).catch(() => {}); // aborted by close
    return watched;
  }

  get all(): Arrow[] {
    return [...this.text.matchAll(/^data: (.+)$/gm)].map(([, json]) => JSON.parse(json!) as Arrow);
  }

  /** `phone→server request POST /api/v1/auth/wechat`, with the status of an answer. */
  get lines(): string[] {
    return this.all.map(
      ({ from, to, kind, about, status, code }) =>
        `${from}→${to} ${kind} ${about}${status === undefined ? '' : ` ${status}`}${code ? ` ${code}` : ''}`,
    );
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of body) this.text += decoder.decode(chunk, { stream: true });
  }
}
