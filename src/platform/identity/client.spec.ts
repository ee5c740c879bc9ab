import type { FastifyRequest } from 'fastify';
import { addressOf } from './client.js';

const seen = (ip: string, peer: string | undefined = '127.0.0.1') =>
  addressOf({ ip, socket: { remoteAddress: peer } } as FastifyRequest);

describe('addressOf', () => {
  it.each(['203.0.113.9', '2001:db8::1', '::ffff:203.0.113.9'])('takes %s', (ip) => expect(seen(ip)).toBe(ip));

  it.each(['unknown', '', '203.0.113.9:80', '[2001:db8::1]', 'x'.repeat(300), '1.2.3', '\0'])(
    'takes the peer for %j',
    (ip) => expect(seen(ip)).toBe('127.0.0.1'),
  );

  it('leaves out the zone, so that the address fits its column', () => {
    expect(seen(`fe80::1%${'x'.repeat(300)}`)).toBe('fe80::1');
    expect(seen('unknown', 'fe80::2%eth0')).toBe('fe80::2');
  });

  it('is empty when the connection is gone already', () => {
    expect(addressOf({ ip: undefined, socket: {} } as unknown as FastifyRequest)).toBe('');
  });
});
