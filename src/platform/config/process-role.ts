/** What this process is: one that serves requests, or a command that an operator runs beside it. */
export type ProcessRole = 'server' | 'cli';

/** Injection token of the ProcessRole. */
export const PROCESS_ROLE = Symbol('ProcessRole');
