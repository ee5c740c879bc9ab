import type { Core } from '../core.js';
import { call } from '../wx/call.js';
import { type KeptState, parseKept } from './kept-state.js';

/** A storage that does not answer must not keep anybody from logging in. */
const PATIENCE_MS = 2000;

/** What is kept on the phone; undefined when there is nothing, or nothing that makes sense. */
export async function readKept(core: Core): Promise<KeptState | undefined> {
  await core.writing;
  for (const encrypt of [true, false]) {
    const { data } = Object(await ask(core, 'getStorage', { encrypt })) as { data?: string };
    const kept = parseKept(data);
    core.lastSeenText = data;
    if (kept) return kept;
  }
  return undefined;
}

/** Writes in the order of the calls. Resolves when it is written, or cannot be. */
export function writeKept(core: Core, kept: KeptState): Promise<unknown> {
  const data = JSON.stringify(kept);
  const put = (encrypt: boolean) => ask(core, 'setStorage', { data, encrypt });
  return (core.writing = core.writing.then(async () => {
    // Encrypted where WeChat can. A full storage refuses to grow, and a stale token left in it would look stolen.
    const isWritten =
      (await put(true)) || (await put(false)) || ((await ask(core, 'removeStorage')) && (await put(false)));
    if (isWritten) core.lastSeenText = data;
  }));
}

/** What the platform answers; undefined when it cannot. */
function ask(
  { host, storageName: key }: Core,
  name: 'getStorage' | 'setStorage' | 'removeStorage',
  more?: { data?: string; encrypt: boolean },
): Promise<object | undefined> {
  return call<object>(
    (callbacks) => (host[name] as (options: object) => unknown)({ key, ...more, ...callbacks }),
    PATIENCE_MS,
  ).then(
    (result) => Object(result) as object,
    () => undefined,
  );
}
