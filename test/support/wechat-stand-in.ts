import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A WeChat that answers whatever a test wants to see answered. */
export interface WechatStandIn {
  url: string;
  /** The query of each request so far. */
  requests: URLSearchParams[];
  /** What the next requests get. */
  answer: (response: ServerResponse, request: IncomingMessage) => void;
  close(): Promise<void>;
}

export async function startWechatStandIn(): Promise<WechatStandIn> {
  const server = createServer((request, response) => {
    standIn.requests.push(new URL(request.url!, 'http://wechat').searchParams);
    standIn.answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: WechatStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer: (response) => void response.end(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return standIn;
}

/** Answers with this body, as WeChat does: 200 and text/plain. */
export function reply(body: string | Buffer | object, status = 200, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
  };
}
