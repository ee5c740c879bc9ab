import type { LoggerService } from '@nestjs/common';
import { isNativeError } from 'node:util/types';
import { type DestinationStream, type Logger, pino } from 'pino';

/** Injection token of the process's one pino logger. */
export const LOGGER = Symbol('Logger');

// Names under which a secret could travel. Our own lines name their fields one by one; this catches a mistake.
// `code` is not among them: it is the name of our error codes, which must stay readable.
const SECRET_FIELDS = [
  ...['password', 'newPassword', 'currentPassword', 'loginCode', 'phoneCode', 'secret', 'session_key', 'sessionKey'],
  ...['accessToken', 'refreshToken', 'access_token', 'authorization', 'cookie'],
];

/** Makes the logger: one JSON line an event, with secrets removed by name as a second line of defence. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface DescribedError {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: DescribedError;
}

/**
 * Names an error without its other fields: an axios error carries the URL with the AppSecret, a TypeORM one the
 * parameters of its query.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error || isNativeError(error))) return { type: typeof error, message: 'not an Error' };
  const { name, message, stack, cause } = error;
  const described: DescribedError = { type: name, message, code: (error as { code?: unknown }).code, stack };
  if (cause !== undefined && depth < 3) described.cause = describeError(cause, depth + 1);
  return described;
}

/** Lets Nest write its own messages through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    const err = message instanceof Error ? message : undefined;
    this.logger.error({ err, context: details.at(-1) }, err ? err.message : String(message));
  }
}
