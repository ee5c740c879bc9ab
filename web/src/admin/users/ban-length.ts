const DAY_MS = 24 * 3600 * 1000;

export interface BanWish {
  reason: string;
  /** A number of days, `forever`, or `custom` with `until`. */
  length: string;
  /** As an input of the type datetime-local gives it: in the time zone of the admin. */
  until: string;
}

/** When a ban is to end, in UTC; nothing for one without an end. */
export function endOf({ length, until }: BanWish, now: Date): string | undefined {
  if (length === 'forever') return undefined;
  if (length === 'custom') return new Date(until).toISOString();
  return new Date(now.getTime() + Number(length) * DAY_MS).toISOString();
}
