/** What went wrong, seen from the caller's side. Each transport maps a kind to its own status. */
export type ErrorKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'rate_limited' | 'unavailable' | 'internal';

/** One text in the two languages the product speaks. */
export interface Localized {
  zh: string;
  en: string;
}

/** One thing a caller can react to. `code` is public and is never renamed. */
export interface ErrorType {
  code: string;
  kind: ErrorKind;
  title: Localized;
  /** Only for what HTTP alone can say (405, 413, 415); otherwise the kind decides. */
  httpStatus?: number;
}

/** What is wrong with one field of a request. */
export interface FieldProblem {
  field: string;
  code: string;
  message: Localized;
}

export interface AppErrorOptions {
  /** Logged, never sent. */
  cause?: unknown;
  detail?: Localized;
  fields?: FieldProblem[];
  retryAfterSeconds?: number;
}

/** A failure the API promises to report. Its class carries `@ErrorCode`. */
export abstract class AppError extends Error {
  readonly detail?: Localized;
  readonly fields?: FieldProblem[];
  readonly retryAfterSeconds?: number;

  constructor({ cause, detail, fields, retryAfterSeconds }: AppErrorOptions = {}) {
    super('', { cause });
    this.name = this.constructor.name;
    this.message = this.type.code;
    this.detail = detail;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get type(): ErrorType {
    return errorTypeOf(this.constructor as AppErrorClass);
  }
}

export type AppErrorClass = new (options?: AppErrorOptions) => AppError;

const registry = new Map<AppErrorClass, ErrorType>();

/** Enters an error class into the one table that the API, `docs/errors.md` and Swagger are made from. */
export function ErrorCode(code: string, kind: ErrorKind, title: Localized & { httpStatus?: number }) {
  return (target: AppErrorClass): void => {
    const { httpStatus, zh, en } = title;
    registry.set(target, { code, kind, title: { zh, en }, httpStatus });
  };
}

export function errorTypeOf(errorClass: AppErrorClass): ErrorType {
  const type = registry.get(errorClass);
  if (!type) throw new Error(`${errorClass.name} has no @ErrorCode`);
  return type;
}

/** Every error type the loaded modules declare, in the order they were loaded. */
export function errorTypes(): ErrorType[] {
  return [...registry.values()];
}
