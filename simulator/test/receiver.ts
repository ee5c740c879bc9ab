import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string | undefined;
  query: URLSearchParams;
  type: string | undefined;
  body: string;
}

/** A server under test, as far as pushes are concerned: it writes down what comes and answers as told. */
export class Receiver {
  readonly received: Received[] = [];
  private server: Server | undefined;

  constructor(private readonly reply: (response: ServerResponse, received: Received) => void) {}

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const query = new URL(request.url ?? '', 'http://receiver').searchParams;
        const received = { method: request.method, query, type: request.headers['content-type'], body };
        this.received.push(received);
        this.reply(response, received);
      });
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/wechat/events/1`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
  }
}
