import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

const MAX_BYTES = 64 * 1024;

/** Reads the body as text; one that is too large is read to its end, so that the caller gets to see the 413. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BYTES) throw new Refusal(413, 'the body is larger than 64 KB');
  return Buffer.concat(chunks).toString('utf8');
}
