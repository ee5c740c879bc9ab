/** What an input of the type datetime-local gives, in UTC; nothing for nothing, or for half a date. */
export function momentOf(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
}
