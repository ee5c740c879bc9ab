/** The three callbacks that nearly every function of `wx` takes. */
interface Callbacks {
  success?: (result: never) => void;
  fail?: (error: never) => void;
  complete?: (result: never) => void;
}

/** What a function of `wx` fails with. */
export class WxError extends Error {
  constructor(
    readonly errMsg: string,
    readonly errno?: number,
  ) {
    super(errMsg);
  }
}

/**
 * Answers the way `wx` does: by callbacks where any were handed in, else by a promise. The typings promise a type that
 * depends on the option; `never` goes for all of them.
 */
export function answer<T extends object>(name: string, option: object | undefined, work: Promise<T> | T): never {
  const { success, fail, complete } = (option ?? {}) as Callbacks;
  const settled = Promise.resolve(work).then(
    (result) => {
      const full = { errMsg: `${name}:ok`, ...result } as never;
      success?.(full);
      complete?.(full);
      return full;
    },
    (error: unknown) => {
      const failure = failureOf(name, error) as never;
      fail?.(failure);
      complete?.(failure);
      if (!success && !fail && !complete) throw failure as unknown as Error;
      return undefined as never;
    },
  );
  return settled as never;
}

function failureOf(name: string, error: unknown): { errMsg: string; errno?: number } {
  if (error instanceof WxError)
    return { errMsg: `${name}:fail ${error.errMsg}`, ...(error.errno && { errno: error.errno }) };
  return { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` };
}
