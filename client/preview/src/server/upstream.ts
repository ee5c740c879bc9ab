import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

const MOST_BYTES = 1024 * 1024;
/** What belongs to one connection, or would tell the server about the preview instead of about the phone. */
const NOT_PASSED_ON = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'host',
  'origin',
  'referer',
  'cookie',
  'content-length',
];

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface UpstreamRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The wx-login server behind the preview. */
export class Upstream {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly url: URL;

  constructor(url: string) {
    this.url = new URL(url);
  }

  /** Sends a request on as it is, but for what belongs to the connection. */
  send({ method, path, headers, body }: UpstreamRequest): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.url;
      const options = { hostname, port, method, path, agent: this.agent };
      const sent = request({ ...options, headers: { ...passedOn(headers), ...lengthOf(body) } }, (response) => {
        readBody(response).then((answer) => {
          resolve({ status: response.statusCode ?? 502, headers: response.headers, body: answer });
        }, reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** The whole body, which nobody makes larger than a megabyte. */
export async function readBody(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('more than a megabyte');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The value of a JSON text, or undefined where it is none. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The headers without those that belong to one connection. */
export function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(
    ([name]) => !NOT_PASSED_ON.includes(name) && !name.startsWith('x-preview'),
  );
  return Object.fromEntries(kept);
}

function lengthOf(body: Buffer): Record<string, string> {
  return body.length > 0 ? { 'content-length': String(body.length) } : {};
}
