import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { WechatConfig } from '../wechat.config.js';
import { ENDPOINTS } from './endpoints.js';
import { httpOptions } from './http-options.js';
import { WechatHttp } from './wechat-http.js';

interface Host {
  origin: string;
  seen: string[];
}

const running: Server[] = [];

async function listen(server: Server): Promise<string> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function host(answer: RequestListener = (_request, response) => response.end('{"ok":1}')): Promise<Host> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url!);
    answer(request, response);
  });
  return { origin: `http://${await listen(server)}`, seen };
}

/** Takes connections, and says nothing: a handshake that never ends. */
const silence = async () => `https://${await listen(createTcpServer((socket) => socket.on('error', () => undefined)))}`;

async function nobody(): Promise<string> {
  const address = await listen(createTcpServer());
  await new Promise((resolve) => running.pop()!.close(resolve));
  return `http://${address}`;
}

function httpTo(first: string, second?: string): WechatHttp {
  const config = new WechatConfig({
    WECHAT_APPS: [],
    WECHAT_LOGIN_TIMEOUT_MS: 2_500,
    WECHAT_PHONE_DAILY_WARNING: 1,
    WECHAT_API_BASE_URL: first,
    WECHAT_API_FALLBACK_URL: second,
  });
  return new WechatHttp(new HttpService(axios.create(httpOptions())), config);
}

const ask = (http: WechatHttp, query = {}, deadlineMs = 2_500) =>
  http.send(ENDPOINTS.code2Session, { query }, AbortSignal.timeout(deadlineMs));

describe('A request to WeChat', () => {
  afterEach(() => {
    for (const server of running.splice(0)) {
      server.close();
      if ('closeAllConnections' in server) (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    }
  });

  it.each([
    ['nobody listens', nobody],
    ['the name is unknown', async () => 'http://wechat.invalid'],
    ['TLS is not spoken', async () => (await host()).origin.replace('http:', 'https:')],
    ['the TLS handshake never ends', silence],
  ])('goes to the second host when at the first %s', async (_what, first) => {
    const second = await host();

    expect((await ask(httpTo(await first(), second.origin))).body).toBe('{"ok":1}');
    expect(second.seen).toHaveLength(1);
  });

  it.each<[string, RequestListener]>([
    ['hangs up', (request) => request.socket.destroy()],
    ['resets the connection', (request) => request.socket.resetAndDestroy()],
    ['does not answer in time', () => undefined],
    [
      'breaks off',
      (_request, response) =>
        void response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
    ],
  ])('never goes to a second host once the first has it and %s', async (_what, answer) => {
    const [first, second] = [await host(answer), await host()];

    await expect(ask(httpTo(first.origin, second.origin), {}, 300)).rejects.toMatchObject({ isUndelivered: false });
    expect([first.seen.length, second.seen.length]).toEqual([1, 0]);
  });

  it('goes nowhere else for an answer that is an error', async () => {
    const [first, second] = [await host((_request, response) => response.writeHead(502).end('<html>')), await host()];

    expect(await ask(httpTo(first.origin, second.origin))).toMatchObject({ status: 502 });
    expect(second.seen).toEqual([]);
  });

  it('says that nothing was sent when neither host is there', async () => {
    await expect(ask(httpTo(await nobody()))).rejects.toMatchObject({ isUndelivered: true });
  });

  it('says nothing of its URL in its error', async () => {
    const error: unknown = await ask(httpTo(await nobody()), { secret: 'hunter2' }).catch((thrown: unknown) => thrown);

    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('hunter2');
  });

  it('cannot be given further parameters through a value', async () => {
    const first = await host();
    await ask(httpTo(first.origin), { js_code: 'x&appid=other', appid: 'mine' });

    const parameters = new URL(first.seen[0]!, first.origin).searchParams;
    expect([...parameters]).toEqual([
      ['js_code', 'x&appid=other'],
      ['appid', 'mine'],
    ]);
  });

  it('follows no redirection, which would take the secret elsewhere', async () => {
    const other = await host();
    const first = await host((_request, response) => response.writeHead(302, { location: other.origin }).end());

    expect(await ask(httpTo(first.origin))).toMatchObject({ status: 302 });
    expect(other.seen).toEqual([]);
  });
});
