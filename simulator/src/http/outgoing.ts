import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

const MAX_CHARACTERS = 4096;

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back: a status and the beginning of the body, or why nothing did. */
export interface Reception {
  readonly status?: number;
  readonly body?: string;
  readonly error?: string;
}

/** Sends a request on a connection of its own; never rejects, follows no redirect and waits no longer than told. */
export async function sendRequest(outgoing: OutgoingRequest, timeoutMs: number): Promise<Reception> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await responseTo(outgoing, signal);
    return { status: response.statusCode, body: await textOf(response) };
  } catch (error) {
    if (signal.aborted) return { error: `no answer within ${timeoutMs} ms` };
    return { error: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
}

function responseTo({ method, url, headers, body }: OutgoingRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, signal, agent: false as const };
    request(url, options, resolve).on('error', reject).end(body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) text += chunk.slice(0, MAX_CHARACTERS - text.length);
  return text;
}
