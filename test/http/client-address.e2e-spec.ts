import type { SessionDto } from '../../src/sessions/dto/session.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { head, sendRaw } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Logs in through proxies that said this, and tells the address the server took for the client's. */
async function addressSeen(test: TestApp, headers: Record<string, string>): Promise<string> {
  const code = await test.wechat.code('alice');
  const login = await test.client.post<TokensDto>('/api/v1/auth/wechat', { code }, { headers });
  expect(login.status).toBe(200);
  const token = login.body.accessToken;
  const { body } = await test.client.get<SessionDto[]>('/api/v1/sessions', { token });
  return body.find(({ current }) => current)!.ipAddress;
}

const FORWARDED = { 'x-forwarded-for': '203.0.113.9' };

describe('without TRUSTED_PROXIES', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  it('takes the address of the connection, whatever the headers say', async () => {
    const pretences = [
      'forwarded',
      'x-real-ip',
      'x-client-ip',
      'cf-connecting-ip',
      'true-client-ip',
      'x-forwarded-for',
    ];
    for (const name of pretences) expect(await addressSeen(test, { [name]: '203.0.113.9' })).toBe('127.0.0.1');
    expect(await addressSeen(test, { forwarded: 'for=203.0.113.9' })).toBe('127.0.0.1');
  });
});

describe('with a TRUSTED_PROXIES that does not name the peer', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '10.0.0.0/8,192.0.2.1' });
  });
  afterAll(() => test?.close());

  it('does not believe X-Forwarded-For', async () => {
    expect(await addressSeen(test, FORWARDED)).toBe('127.0.0.1');
    expect(await addressSeen(test, { 'x-forwarded-for': '203.0.113.9, 10.0.0.1' })).toBe('127.0.0.1');
  });
});

describe('with TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' });
  });
  afterAll(() => test?.close());

  it.each([
    ['the only entry', '203.0.113.9', '203.0.113.9'],
    ['the entry of the proxy, not the forged one before it', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    ['the entry of the proxy, not a forged own address', '127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['the entry of the proxy, not forged trusted ones', '10.1.1.1, 10.2.2.2, 203.0.113.9', '203.0.113.9'],
    ['the first untrusted one, past trusted proxies', '6.6.6.6, 203.0.113.9, 10.0.0.1, 10.0.0.2', '203.0.113.9'],
    ['an IPv6 address', '2001:db8::9', '2001:db8::9'],
    ['an entry without spaces', '6.6.6.6,203.0.113.9', '203.0.113.9'],
    ['the farthest, when all are trusted', '10.0.0.9, 10.0.0.1', '10.0.0.9'],
    ['the peer, when the header is empty', '', '127.0.0.1'],
  ])('takes %s', async (_, forwarded, address) => {
    expect(await addressSeen(test, { 'x-forwarded-for': forwarded })).toBe(address);
  });

  it.each([
    ['words', 'unknown'],
    ['a text longer than any address', 'a'.repeat(300)],
    ['markup', '<script>alert(1)</script>'],
    ['letters no address has', '\u00e4\u00f6\u00fc'],
    ['an address with a port', '203.0.113.9:4711'],
    ['an address behind a trusted proxy that passed on what it got', "' OR 1=1 --, 10.0.0.1"],
    ['a number', '3405803785'],
    ['nothing between commas', ', ,'],
  ])('takes the proxy itself when the header holds no address but %s', async (_, forwarded) => {
    expect(await addressSeen(test, { 'x-forwarded-for': forwarded })).toBe('127.0.0.1');
  });

  it('leaves out the zone of an address', async () => {
    expect(await addressSeen(test, { 'x-forwarded-for': `fe80::1%${'x'.repeat(60)}` })).toBe('fe80::1');
  });

  it('writes the same address into the log', async () => {
    const from = test.watch.lines.length;
    await addressSeen(test, FORWARDED);

    const line = test.watch.lines.slice(from).find((each) => each.includes('/api/v1/auth/wechat'));
    expect(JSON.parse(line!)).toMatchObject({ ipAddress: '203.0.113.9' });
  });

  it('reads two headers as one list, in order', async () => {
    const lines = ['POST /api/v1/auth/wechat HTTP/1.1', 'host: test', 'connection: close'];
    const body = JSON.stringify({ code: await test.wechat.code('alice') });
    const forwarded = ['x-forwarded-for: 6.6.6.6', 'x-forwarded-for: 203.0.113.9'];
    const rest = ['content-type: application/json', `content-length: ${body.length}`];

    const answer = await sendRaw(test, head(...lines, ...forwarded, ...rest) + body);

    const { sessionId } = answer.body as TokensDto;
    const sql = 'SELECT ip_address FROM sessions WHERE id = ?';
    expect(await test.dataSource.query(sql, [sessionId])).toEqual([{ ip_address: '203.0.113.9' }]);
  });
});
