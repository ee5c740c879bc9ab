import { isNetwork } from './network.js';

describe('isNetwork', () => {
  it.each([
    ...['127.0.0.1', '10.0.0.0/8', '192.0.2.1/32', '0.0.0.0/1', '::1', '2001:db8::/32', 'fc00::/7', '::ffff:10.0.0.1'],
    ...['loopback', 'linklocal', 'uniquelocal'],
  ])('knows %s', (text) => expect(isNetwork(text)).toBe(true));

  it.each([
    ...['', ' ', '10', '10.0.0', '10.0.0.256', '10.0.0.0/', '10.0.0.0/0', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/-1'],
    ...['10.0.0.0/8/8', '10.0.0.0/255.0.0.0', '2001:db8::/129', ':::', 'localhost', 'proxy', 'LOOPBACK', 'true', '*'],
  ])('refuses %j', (text) => expect(isNetwork(text)).toBe(false));
});
