/** WeChat's access_token of one mini-program, with its real life. */
export interface StoredToken {
  token: string;
  fetchedAt: Date;
  expiresAt: Date;
}

const RENEW_BEFORE_END_MS = 300_000; // within these five minutes WeChat has a new one, and both work
const KEPT_AT_LEAST_MS = 10_000;

/** When the next one has to be asked for; it works until `expiresAt`. */
export function renewalOf({ fetchedAt, expiresAt }: StoredToken): number {
  return Math.max(expiresAt.getTime() - RENEW_BEFORE_END_MS, fetchedAt.getTime() + KEPT_AT_LEAST_MS);
}
