import type { Localized } from '../platform/errors/app-error.js';
import { AppError } from '../platform/errors/app-error.js';
import { explanationOf } from '../platform/observability/start-failure.js';
import { both } from './terminal/both.js';

/** What a shell learns from a command. */
export const EXIT = { ok: 0, failed: 1, badUse: 2 } as const;

/** The command was called in a way that it cannot make sense of. */
export class BadUse extends Error {
  constructor(readonly what: Localized) {
    super(what.en);
    this.name = 'BadUse';
  }
}

/** The command could not do what it was asked; without a sentence it has said why already. */
export class CommandFailure extends Error {
  constructor(readonly what?: Localized) {
    super(what?.en);
    this.name = 'CommandFailure';
  }
}

/** Says on stderr, for a person, why a command ended early; returns its exit code. */
export function explainFailure(error: unknown): number {
  const { text, code } = judge(error);
  if (text) process.stderr.write(`${text}\n`);
  return code;
}

function judge(error: unknown): { text?: string; code: number } {
  const commander = commanderExit(error);
  if (commander !== null) return { code: commander };
  if (error instanceof BadUse) return { text: both(error.what), code: EXIT.badUse };
  if (error instanceof CommandFailure) return { text: error.what && both(error.what), code: EXIT.failed };
  if (error instanceof AppError) return { text: refusalOf(error), code: EXIT.failed };
  return { text: explanationOf(error), code: EXIT.failed };
}

// commander has written its own sentence by then.
function commanderExit(error: unknown): number | null {
  const { code, exitCode } = error as { code?: unknown; exitCode?: number };
  if (typeof code !== 'string' || !code.startsWith('commander.')) return null;
  return exitCode === 0 ? EXIT.ok : EXIT.badUse;
}

function refusalOf({ type, detail, fields = [] }: AppError): string {
  const lines = [type.title, ...(detail ? [detail] : [])].map(both);
  return [...lines, ...fields.map(({ field, message }) => `  ${field}: ${both(message)}`)].join('\n');
}
