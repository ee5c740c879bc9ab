import { request as rawRequest } from 'node:http';
import { addFault, codeFor, control, request, start, stop, urlOf } from './simulated.js';

/** Sends headers that fetch does not let a caller choose. */
function statusWith(method: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = rawRequest(urlOf(path), { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject).end();
  });
}

afterEach(stop);

describe('the control door', () => {
  it.each(['127.0.0.1', '127.0.0.1:3001', 'localhost', 'LOCALHOST:3001', '[::1]:3001', 'sim.localhost:80'])(
    'lets in a request for the host %s',
    async (host) => {
      await start();
      expect(await statusWith('GET', '/__sim/state', { host })).toBe(200);
    },
  );

  it.each(['evil.example', '127.0.0.1.evil.example', '127.evil.example', '10.0.0.1', 'localhost.evil.example', 'a b'])(
    'refuses the host "%s", so that DNS rebinding does not work',
    async (host) => {
      await start();
      expect(await statusWith('GET', '/__sim/state', { host })).toBe(403);
      expect(await statusWith('POST', '/__sim/reset', { host })).toBe(403);
      expect(await statusWith('GET', '/', { host })).toBe(403);
    },
  );

  it('takes any host when it was told to listen beyond loopback', async () => {
    await start({ host: '0.0.0.0' });
    expect(await statusWith('GET', '/__sim/state', { host: 'simulator:3001' })).toBe(200);
  });

  it('refuses pages of other origins, even a POST without a body', async () => {
    await start();
    await codeFor('alice');
    for (const origin of ['https://evil.example', 'http://localhost:9', 'null']) {
      expect((await request('/__sim/reset', { method: 'POST', headers: { origin } })).status).toBe(403);
    }
    expect(await control('GET', '/__sim/state')).toMatchObject({ userCount: 1 });
  });

  it('lets its own console in', async () => {
    await start();
    expect((await request('/__sim/reset', { method: 'POST', headers: { origin: urlOf('') } })).status).toBe(204);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'refuses a body of type %s with 415',
    async (type) => {
      await start();
      const init = { method: 'POST', headers: { 'content-type': type }, body: '{"user":"alice"}' };
      expect(await request('/__sim/codes', init)).toMatchObject({
        status: 415,
        text: expect.stringContaining('application/json'),
      });
    },
  );

  it('takes application/json with a charset', async () => {
    await start();
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await request('/__sim/codes', { method: 'POST', headers, body: '{"user":"小明"}' })).status).toBe(201);
  });

  it('refuses a body that is not JSON with 400', async () => {
    await start();
    const headers = { 'content-type': 'application/json' };
    const reply = await request('/__sim/codes', { method: 'POST', headers, body: '{"user":' });
    expect(reply).toMatchObject({ status: 400, text: '{"error":"the body is not valid JSON"}' });
  });

  it('takes a body of 64 KB and refuses a larger one with 413', async () => {
    await start();
    const padded = (bytes: number) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"user":"alice"}'.padEnd(bytes),
    });
    expect((await request('/__sim/codes', padded(64 * 1024))).status).toBe(201);
    expect((await request('/__sim/codes', padded(64 * 1024 + 1))).status).toBe(413);
    expect((await request('/__sim/codes', padded(5_000_000))).status).toBe(413);
  });

  it('answers 404 on an unknown path and 405 with Allow on an unknown method', async () => {
    await start();
    expect(await request('/__sim/nothing')).toMatchObject({ status: 404, text: expect.stringContaining('error') });
    const reply = await request('/__sim/faults', { method: 'PUT' });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('POST, DELETE');
  });

  it("stays open while WeChat's paths are out of order", async () => {
    await start();
    await addFault({ endpoint: '*', fault: 'reset' });
    expect(await control('GET', '/__sim/state')).toHaveProperty('now');
  });
});

describe('GET /', () => {
  it('shows a console in Chinese that loads nothing from elsewhere', async () => {
    await start();
    const { status, headers, text } = await request('/');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it('has the files that the page asks for', async () => {
    await start();
    const { text } = await request('/');
    const paths = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => String(match[1]));
    expect(paths).toHaveLength(2);
    for (const path of paths) expect((await request(path)).status).toBe(200);
  });
});
