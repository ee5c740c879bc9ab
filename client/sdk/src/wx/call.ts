import type { WxCallbacks } from './wx-like.js';

// Mini-programs have these two, though neither a browser nor Node is there to declare them.
declare function setTimeout(callback: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number | undefined): void;

interface Task {
  abort?: () => void;
  catch?: (ignore: () => void) => unknown;
}

/**
 * Makes a promise of one call of the platform. It settles once, also when the platform never calls back: then it fails
 * after `timeoutMs`, as `wx.request` itself says it.
 */
export function call<T>(start: (callbacks: WxCallbacks<T>) => unknown, timeoutMs?: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let task: Task | undefined;
    const timer = timeoutMs && setTimeout(giveUp, timeoutMs);
    function settle<V>(how: (value: V) => void): (value: V) => void {
      return (value) => {
        if (timer) clearTimeout(timer);
        how(value);
      };
    }
    function giveUp(): void {
      reject({ errMsg: 'timeout' });
      task?.abort?.();
    }
    try {
      task = start({ success: settle(resolve), fail: settle(reject) }) as Task | undefined;
      task?.catch?.(() => {}); // Taro answers with a promise as well, and nobody else listens to it
    } catch (error) {
      settle(reject)(error);
    }
  });
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
