import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Files } from '../bundle/files.js';
import { Exchanges } from './exchanges.js';
import { masked } from './masks.js';
import { type Phone, Phones } from './phones.js';
import { isFromHere } from './same-site.js';
import { Simulator } from './simulator.js';
import { Thief } from './thief.js';
import { type Trick, tricks } from './tricks.js';
import { parsed, passedOn, readBody, Upstream } from './upstream.js';
import { WechatLog } from './wechat-log.js';

const USER = /^[\w-]{1,64}$/;
const PHONE = /^[\w-]{1,64}$/;

export interface PreviewOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Where the wx-login server answers. */
  serverUrl: string;
  /** Where the WeChat simulator answers. */
  simulatorUrl: string;
  /** What the browser is given: the page and the phone. */
  files: Files;
}

export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page and the phone on 127.0.0.1, and stands between the phone and everything it talks to. */
export async function startPreview({ port = 0, serverUrl, simulatorUrl, files }: PreviewOptions): Promise<Preview> {
  const desk = new Desk(serverUrl, new Simulator(simulatorUrl), files);
  const server = createServer((request, response) => void desk.answer(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => close(server, desk) };
}

async function close(server: Server, desk: Desk): Promise<void> {
  desk.close();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** Sorts the requests: the server's doors, WeChat on the phone, the buttons, the pictures, the files. */
class Desk {
  private readonly phones = new Phones();
  private readonly upstream: Upstream;
  private readonly exchanges: Exchanges;
  private readonly tricks: Readonly<Record<string, Trick>>;

  constructor(
    serverUrl: string,
    private readonly simulator: Simulator,
    private readonly files: Files,
  ) {
    this.upstream = new Upstream(serverUrl);
    this.exchanges = new Exchanges(this.upstream, new WechatLog(simulator, this.phones), this.phones);
    this.tricks = tricks(simulator, new Thief(this.exchanges));
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromHere(request)) return json(response, 403, { error: 'only pages of this address may use the preview' });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = searchParams.get('phone') ?? String(request.headers['x-preview-phone'] ?? 'phone');
    const phone = this.phones.named(PHONE.test(name) ? name : 'phone');
    try {
      await this.route(request, response, {
        pathname,
        phone,
        after: Number(request.headers['last-event-id'] ?? searchParams.get('after')),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) json(response, 502, { error: message });
    }
  }

  close(): void {
    this.phones.close();
    this.upstream.close();
  }

  private route(request: IncomingMessage, response: ServerResponse, { pathname, phone, after }: Asked): unknown {
    const { method } = request;
    if (pathname.startsWith('/api/')) return this.pass(request, response, phone);
    if (pathname.startsWith('/wechat/') && method === 'POST')
      return this.beWechat(request, response, { pathname, phone });
    if (pathname === '/events') return phone.audience.join(response, after || 0);
    const trick = method === 'POST' && this.tricks[pathname.replace('/tricks/', '')];
    if (trick) return this.play(trick, phone, response);
    if (method === 'GET') return this.file(pathname, response);
    return json(response, 404, { error: 'there is nothing at this address' });
  }

  private async pass(request: IncomingMessage, response: ServerResponse, phone: Phone): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const answer = await this.exchanges.pass({ method, path: url, headers, body: await readBody(request) }, phone);
    if (!answer) return breakOff(response);
    response.writeHead(answer.status, passedOn(answer.headers)).end(answer.body);
  }

  /** The two things WeChat does on the phone itself: the codes of `wx.login` and of the phone number button. */
  private async beWechat(
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, phone }: Wanted,
  ): Promise<void> {
    const { user } = (parsed(await readBody(request)) ?? {}) as { user?: unknown };
    if (typeof user !== 'string' || !USER.test(user)) return json(response, 400, { error: '"user" is missing' });
    const isPhone = pathname === '/wechat/phone';
    const about = isPhone ? 'getPhoneNumber' : 'wx.login';
    phone.audience.tell({ from: 'phone', to: 'wechat', kind: 'request', about, details: { user } });
    const code = await (isPhone ? this.simulator.phoneCode(user) : this.simulator.loginCode(user));
    this.phones.rememberCode(code, phone);
    const details = { code: masked(code) };
    phone.audience.tell({ from: 'wechat', to: 'phone', kind: 'answer', about, details });
    json(response, 201, { code });
  }

  private async play(trick: Trick, phone: Phone, response: ServerResponse): Promise<void> {
    json(response, 200, { done: await trick(phone) });
  }

  private async file(pathname: string, response: ServerResponse): Promise<void> {
    const file = await this.files.get(pathname);
    if (!file) return json(response, 404, { error: 'there is nothing at this address' });
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store', ...SAFE }).end(file.body);
  }
}

interface Wanted {
  pathname: string;
  phone: Phone;
}

interface Asked extends Wanted {
  after: number;
}

const SAFE = {
  // Styles are set by script in the phone, as WeChat does it; scripts come from here only.
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** After the first byte, because a browser repeats by itself what got no byte at all, and then the phone learns nothing. */
function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 2 });
  response.write(' ', () => response.destroy());
}

function json(response: ServerResponse, status: number, content: object): void {
  const body = Buffer.from(JSON.stringify(content));
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
  response.writeHead(status, headers).end(body);
}
