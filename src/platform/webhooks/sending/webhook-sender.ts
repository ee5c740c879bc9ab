import { Injectable } from '@nestjs/common';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { WebhooksConfig } from '../webhooks.config.js';
import { type TargetAddress, TargetRefused, WebhookTarget } from './webhook-target.js';

/** One signed request, ready to go. */
export interface WebhookRequest {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/** What became of it. */
export interface WebhookOutcome {
  /** Null when there was no answer. */
  status: number | null;
  /** Null for a success. */
  error: string | null;
  /** The beginning of an answer that was no success. */
  snippet: string | null;
  /** Null when the receiver named none. */
  retryAfter: string | null;
}

const SNIPPET_BYTES = 1_024;
const SNIPPET_CHARACTERS = 256;
const USER_AGENT = 'wx-login-webhooks/1';

/** Sends one request: no redirects, no second connection, a deadline for all of it, and little of the answer is read. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly target: WebhookTarget,
    private readonly config: WebhooksConfig,
  ) {}

  /** Never throws: whatever goes wrong is an outcome. */
  async send({ url, body, headers }: WebhookRequest, stopped: AbortSignal): Promise<WebhookOutcome> {
    const deadline = AbortSignal.timeout(this.config.timeoutMs);
    try {
      const parsed = new URL(url);
      const signal = AbortSignal.any([deadline, stopped]);
      const address = await Promise.race([this.target.resolve(parsed), aborted(signal)]);
      const answer = await answerTo(open(parsed, address, { body, headers, signal }), body);
      return await outcomeOf(answer);
    } catch (error) {
      return { status: null, error: nameOf(error, { deadline, stopped }), snippet: null, retryAfter: null };
    }
  }
}

// The operating system takes its time to give up on a name.
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

function open(
  url: URL,
  { address, family }: TargetAddress,
  { body, headers, signal }: { body: string; headers: Record<string, string>; signal: AbortSignal },
): ClientRequest {
  return (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: 'POST',
    agent: false,
    signal,
    // Connects to the address that was looked at, whatever the name says by now.
    lookup: (_host, options, callback) =>
      options.all ? callback(null, [{ address, family }]) : callback(null, address, family),
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': USER_AGENT,
    },
  });
}

function answerTo(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
    request.end(body);
  });
}

async function outcomeOf(answer: IncomingMessage): Promise<WebhookOutcome> {
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status <= 299) {
    answer.destroy();
    return { status, error: null, snippet: null, retryAfter: null };
  }
  const retryAfter = answer.headers['retry-after'] ?? null;
  return { status, error: 'http', snippet: await snippetOf(answer), retryAfter };
}

async function snippetOf(answer: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= SNIPPET_BYTES) break;
    }
  } catch {
    // What came is enough.
  }
  answer.destroy();
  const text = Buffer.concat(chunks).toString('utf8').replaceAll('\0', '').toWellFormed();
  return text.slice(0, SNIPPET_CHARACTERS).toWellFormed() || null;
}

function nameOf(error: unknown, { deadline, stopped }: { deadline: AbortSignal; stopped: AbortSignal }): string {
  if (error instanceof TargetRefused) return error.problem;
  if (stopped.aborted) return INTERRUPTED;
  if (deadline.aborted) return 'timeout';
  const { code } = error as { code?: string };
  return typeof code === 'string' ? code.toLowerCase().slice(0, 32) : 'failed';
}

/** This process was stopping: nothing is known of the receiver. */
export const INTERRUPTED = 'interrupted';
