import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Keeps out pages of other sites, and names of theirs that resolve to this machine (DNS rebinding). */
export function isFromHere({ headers: { host = '', origin } }: IncomingMessage): boolean {
  if (!URL.canParse(`http://${host}`) || !LOOPBACK.has(new URL(`http://${host}`).hostname)) return false;
  return origin === undefined || origin === `http://${host}`;
}
