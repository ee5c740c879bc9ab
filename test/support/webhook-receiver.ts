import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the receiver got it. */
export interface Received {
  id: string;
  timestamp: number;
  signatures: string[];
  headers: IncomingMessage['headers'];
  body: string;
  event: { type: string; timestamp: string; data: Record<string, unknown> };
}

/** What a receiver does with a request: `hang` never answers, `reset` cuts the connection. */
export type Behaviour = number | 'hang' | 'reset' | { status: number; headers?: Record<string, string>; body?: string };

/** A real server at the other end of a webhook. */
export interface Receiver {
  url: string;
  /** Every request, in the order in which they came. */
  received: Received[];
  /** Answers from now on; by default 204. */
  answer(behaviour: Behaviour | ((request: Received, nth: number) => Behaviour)): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let behave: (request: Received, nth: number) => Behaviour = () => 204;
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      received.push(seen);
      respond(behave(seen, received.length), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    received,
    answer: (behaviour) => {
      behave = typeof behaviour === 'function' ? behaviour : () => behaviour;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a receiver has to do: https://github.com/standard-webhooks/standard-webhooks, written down once more. */
export function isSignedWith(secret: string, { id, timestamp, signatures, body }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.some((signature) => {
    const [version, encoded = ''] = signature.split(',');
    const given = Buffer.from(encoded, 'base64');
    return version === 'v1' && given.length === right.length && timingSafeEqual(given, right);
  });
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const header = (name: string) => String(request.headers[name]);
  return {
    id: header('webhook-id'),
    timestamp: Number(header('webhook-timestamp')),
    signatures: header('webhook-signature').split(' '),
    headers: request.headers,
    body,
    event: JSON.parse(body) as Received['event'],
  };
}

function respond(behaviour: Behaviour, response: ServerResponse): void {
  if (behaviour === 'hang') return;
  if (behaviour === 'reset') return void response.destroy();
  const { status, headers = {}, body = '' } = typeof behaviour === 'number' ? { status: behaviour } : behaviour;
  response.writeHead(status, headers).end(body);
}
