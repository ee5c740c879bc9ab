import { forbiddenUnless } from './forbidden-addresses.js';

describe('forbiddenUnless', () => {
  const isForbidden = forbiddenUnless([]);

  it.each([
    ...['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.100.100.200', '169.254.0.23', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['::1', '::', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254', 'fc00::1', 'ff02::1', '2001:db8::1', '::127.0.0.1'],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::FFFF:10.0.0.1',
      '0:0:0:0:0:ffff:a9fe:a9fe',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
    ],
    ...['localhost', '', '127.1', '0x7f.0.0.1', '2130706433', 'example.com'],
  ])('forbids %s', (address) => expect(isForbidden(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '223.255.255.255', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'lets %s through',
    (address) => expect(isForbidden(address)).toBe(false),
  );

  it('lets through what is allowed explicitly, and no more', () => {
    const isForbiddenBut = forbiddenUnless(['10.0.0.0/8', '192.168.1.7', '::1']);

    expect(['10.9.9.9', '::ffff:10.9.9.9', '192.168.1.7', '::1'].map(isForbiddenBut)).toEqual(Array(4).fill(false));
    expect(['192.168.1.8', '127.0.0.1', '169.254.169.254', 'fd00::1'].map(isForbiddenBut)).toEqual(Array(4).fill(true));
  });
});
