import { connect } from 'node:net';
import type { Answer } from './http-client.js';
import type { TestApp } from './test-app.js';

const DEADLINE_MS = 10_000;

/**
 * Sends exactly this text or these bytes to the server, which `fetch` would refuse to send or put right, and reads the
 * one answer. The request has to ask for `connection: close`.
 */
export async function sendRaw({ client, watch }: TestApp, request: string | Buffer): Promise<Answer<unknown>> {
  const answer = readAnswer(await exchange(Number(new URL(client.url).port), request));
  watch.seeAnswer({ route: 'raw', body: answer.text });
  return answer;
}

/** A request head of its lines, with the empty line that ends it. */
export function head(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function exchange(port: number, request: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write(request));
    const chunks: Buffer[] = [];
    socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error('The server did not answer')));
    socket.on('data', (chunk) => void chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}

function readAnswer(message: string): Answer<unknown> {
  const end = message.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = message.slice(0, end).split('\r\n');
  const headers = new Headers(lines.map((line) => splitOnce(line, ':')));
  const text = message.slice(end + 4);
  const isJson = headers.get('content-type')?.includes('json');
  return { status: Number(statusLine.split(' ')[1]), headers, text, body: isJson ? JSON.parse(text) : text };
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return [line.slice(0, at), line.slice(at + 1).trim()];
}
