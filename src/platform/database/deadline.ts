import { DatabaseBusyError } from './database-errors.js';

/**
 * What the database answers, for whoever must not wait long; an answer that comes later is dropped.
 * @throws DatabaseBusyError when the time is over
 */
export async function answeredWithin<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseBusyError()), milliseconds);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
