import { isIPv4 } from 'node:net';

/** Says whether a host name, or an address with or without brackets, can only mean this machine. */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.');
  return ['localhost', '::1', '[::1]'].includes(host) || host.endsWith('.localhost');
}
