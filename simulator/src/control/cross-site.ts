import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../http/loopback.js';
import { Refusal } from '../http/refusal.js';

/** Keeps out a site that lets its own name resolve to this machine (DNS rebinding). */
export function refuseForeignHost({ host = '' }: IncomingHttpHeaders): void {
  const hostname = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  if (!isLoopback(hostname)) throw new Refusal(403, 'the Host header must be localhost or a loopback address');
}

/** Keeps out requests that a page of another origin makes; curl and tests send no Origin. */
export function refuseForeignOrigin({ host, origin }: IncomingHttpHeaders): void {
  if (origin === undefined || origin === `http://${host}`) return;
  throw new Refusal(403, 'pages of other origins may not use the control door');
}

/** Asks for the type that a page of another site cannot send without a CORS preflight. */
export function refuseFormBody(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refusal(415, 'send the body with content-type: application/json');
}
