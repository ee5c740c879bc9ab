import { call } from '../wx/call.js';
import type { WxLike } from '../wx/wx-like.js';
import { type KeptState, parseKept } from './kept-state.js';

/** A storage that does not answer must not keep anybody from logging in. */
const PATIENCE_MS = 2000;

/** The one place on the phone where tokens are kept: encrypted where WeChat can, and without failing where it cannot. */
export class Storage {
  /** What was last read or written here: anything else was written by another client. */
  private known: string | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly wx: WxLike,
    private readonly key: string,
  ) {}

  /** What is kept; null when there is nothing, or nothing that makes sense. */
  async read(): Promise<KeptState | null> {
    await this.queue;
    const text = (await this.get(true)) ?? (await this.get(false));
    this.known = text;
    return parseKept(text);
  }

  /** What another client on the same key has written since; undefined when nothing. */
  async news(): Promise<KeptState | null | undefined> {
    const known = this.known;
    const kept = await this.read();
    return this.known === undefined || this.known === known ? undefined : kept;
  }

  /** Writes in the order of the calls. Resolves when it is written, or cannot be. */
  write(state: KeptState): Promise<void> {
    const text = JSON.stringify(state);
    const written = this.queue.then(() => this.put(text));
    this.queue = written;
    return written;
  }

  /** Full storage refuses to grow; a stale token that stays behind would look like a stolen one. */
  private async put(text: string): Promise<void> {
    const isWritten = (await this.set(text, true)) || (await this.set(text, false));
    if (isWritten || ((await this.remove()) && (await this.set(text, false)))) this.known = text;
  }

  private async get(encrypt: boolean): Promise<string | undefined> {
    const { wx, key } = this;
    const found = await call<{ data: unknown }>(
      (callbacks) => wx.getStorage({ key, encrypt, ...callbacks }),
      PATIENCE_MS,
    ).catch(() => undefined);
    return parseKept(found?.data) ? String(found!.data) : undefined;
  }

  private set(data: string, encrypt: boolean): Promise<boolean> {
    const { wx, key } = this;
    return succeeds(call((callbacks) => wx.setStorage({ key, data, encrypt, ...callbacks }), PATIENCE_MS));
  }

  private remove(): Promise<boolean> {
    const { wx, key } = this;
    return succeeds(call((callbacks) => wx.removeStorage({ key, ...callbacks }), PATIENCE_MS));
  }
}

function succeeds(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}
