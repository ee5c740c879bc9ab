import { describeError } from './logger.js';

const EXPLAINED = new Set(['ConfigurationError', 'SchemaOutdatedError', 'SealBrokenError']);

/** Says on stderr why the server cannot start, for a person, and ends the process. */
export function explainStartFailure(error: unknown): never {
  process.stderr.write(`${explanationOf(error)}\n`);
  process.exit(1);
}

/** The failure in a sentence, where it is one that people can mend; otherwise with its stack. */
export function explanationOf(error: unknown): string {
  const { type, message, code, stack } = describeError(error);
  if (code === 'EADDRINUSE')
    return '端口已被占用，请用 PORT 指定其他端口 / The port is in use: choose another with PORT';
  if (code === 'SQLITE_BUSY')
    return '数据库文件正被另一个进程使用；多进程请改用 MySQL（DATABASE_URL）/ Another process holds the database file: use MySQL (DATABASE_URL) for several processes';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return `无法连接数据库，请检查 DATABASE_URL / The database cannot be reached: ${message}`;
  return EXPLAINED.has(type) ? message : (stack ?? message);
}
