import { isIPv6 } from 'node:net';

/** The network one client can be assumed to hold: an IPv4 address, or the /64 of an IPv6 address. */
export function networkOf(ipAddress: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ipAddress)?.[1];
  if (mapped) return mapped;
  return isIPv6(ipAddress) ? `${firstHalf(ipAddress)}::/64` : ipAddress;
}

function firstHalf(ipAddress: string): string {
  const [head = '', tail] = ipAddress.toLowerCase().split('%')[0]!.split('::');
  const groups = head ? head.split(':') : [];
  const rest = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - rest.length).fill('0');
  return [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
