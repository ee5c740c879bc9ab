import { BlockList, isIP } from 'node:net';

// Everything that is not the public internet: IANA's special-purpose registries for IPv4 and IPv6. The metadata
// services of the clouds are among link-local (169.254/16), shared (100.64/10) and unique local (fc00::/7) addresses.
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
  ...['5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];
const MAPPED = /^::ffff:(?:0:)?/i;

/** Addresses and networks, asked by address. */
function listOf(networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}

const notPublic = listOf(NOT_PUBLIC);

/** Says which addresses nobody may be made to call: all but the public internet and what is explicitly allowed. */
export function forbiddenUnless(allowedNetworks: string[]): (address: string) => boolean {
  const allowed = listOf(allowedNetworks);
  return (address) => {
    const family = isIP(address);
    if (!family) return true;
    const embedded = family === 6 ? embeddedIpv4(address) : null;
    if (embedded) return isIn(notPublic, embedded) && !isIn(allowed, embedded);
    return isIn(notPublic, address) && !isIn(allowed, address);
  };
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

// An IPv4-mapped address reaches the IPv4 host, however it is written.
function embeddedIpv4(address: string): string | null {
  const canonical = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  if (!MAPPED.test(canonical)) return null;
  const groups = canonical.replace(MAPPED, '').split(':');
  if (groups.length === 1 && isIP(groups[0]!) === 4) return groups[0]!;
  const [high = 0, low = 0] = groups.map((group) => parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
