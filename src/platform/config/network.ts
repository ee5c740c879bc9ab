import { isIP } from 'node:net';

const NAMED = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** True for an address, a network such as `10.0.0.0/8`, or one of Fastify's names for private ranges. */
export function isNetwork(text: string): boolean {
  return NAMED.has(text) || isPlainNetwork(text);
}

/** True for an address or a network such as `10.0.0.0/8`. */
export function isPlainNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (!bits || rest.length) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}
