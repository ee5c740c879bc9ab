import type { WxCallbacks } from './wx-like.js';

// Mini-programs have these two, though neither a browser nor Node is there to declare them.
declare function setTimeout(callback: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number): void;

interface Task {
  abort?: () => void;
  catch?: (ignore: () => void) => unknown;
}

/** Makes a promise of one call of the platform. It settles also when the platform never calls back. */
export function call<T>(start: (callbacks: WxCallbacks<T>) => unknown, timeoutMs?: number): Promise<T> {
  let timer: number | undefined;
  return new Promise<T>((success, fail) => {
    const task = start({ success, fail }) as Task | undefined;
    // Taro answers with a promise as well, and nobody else listens to it.
    if (task && task.catch) task.catch(() => {});
    if (!timeoutMs) return;
    timer = setTimeout(() => {
      fail({ errMsg: 'timeout' });
      if (task && task.abort) task.abort();
    }, timeoutMs);
  }).finally(() => clearTimeout(timer!));
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
