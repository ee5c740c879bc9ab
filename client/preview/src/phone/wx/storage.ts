import { drawer } from '../device.js';
import { report } from '../report.js';
import { answer, WxError } from './answer.js';

const KEY_LIMIT = 1024 * 1024;
const PREFIX = `${drawer}storage:`;

function get(key: string): unknown {
  const text = localStorage.getItem(PREFIX + key);
  return text === null ? '' : (JSON.parse(text) as unknown);
}

function set(key: string, value: unknown): void {
  const text = JSON.stringify(value ?? '');
  if (text.length > KEY_LIMIT) throw new WxError('entry size limit reached');
  const before = tokenIn(localStorage.getItem(PREFIX + key));
  localStorage.setItem(PREFIX + key, text);
  const after = tokenIn(text);
  if (after && after !== before) report('tokens-saved');
  if (before && !after) report('tokens-dropped');
}

/** The refresh token that a stored text holds, so that the page can be told when it changes, and never what it is. */
function tokenIn(text: string | null): string | undefined {
  return /refreshToken\W+([\w-]+)/.exec(text ?? '')?.[1];
}

function remove(key: string): void {
  if (tokenIn(localStorage.getItem(PREFIX + key))) report('tokens-dropped');
  localStorage.removeItem(PREFIX + key);
}

function keys(): string[] {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));
}

/** What deleting the mini-program from the phone does. */
export function clearStorage(): void {
  for (const key of keys()) remove(key);
}

function attempt<T extends object>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

/** Storage in localStorage; `encrypt` is taken and changes nothing, as a browser has no key that a page could not read. */
export const storageApi = {
  getStorageSync: (key: string) => get(key) as never,
  setStorageSync: (key: string, value: unknown) => set(key, value),
  removeStorageSync: (key: string) => remove(key),
  clearStorageSync: clearStorage,
  getStorage: (option: WechatMiniprogram.GetStorageOption) =>
    answer(
      'getStorage',
      option,
      attempt(() => {
        if (localStorage.getItem(PREFIX + option.key) === null) throw new WxError('data not found');
        return { data: get(option.key) };
      }),
    ),
  setStorage: (option: WechatMiniprogram.SetStorageOption) =>
    answer(
      'setStorage',
      option,
      attempt(() => {
        set(option.key, option.data);
        return {};
      }),
    ),
  removeStorage: (option: WechatMiniprogram.RemoveStorageOption) =>
    answer(
      'removeStorage',
      option,
      attempt(() => {
        remove(option.key);
        return {};
      }),
    ),
  getStorageInfoSync: () => ({ keys: keys(), currentSize: 0, limitSize: 10 * 1024 }),
};
