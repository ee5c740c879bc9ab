import type { ServerResponse } from 'node:http';
import { Refusal } from './refusal.js';

/** A whole HTTP answer, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer in JSON; without a value its body is empty. */
export function json(status: number, value?: unknown): Answer {
  if (value === undefined) return { status, headers: {}, body: '' };
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  response.setHeaders(new Map(Object.entries(headers)));
  response.end(body);
}

/** Tells the caller what was wrong with the request, and the terminal what is wrong with the simulator. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  if (error instanceof Refusal) return send(response, refused(error));
  console.error(error);
  send(response, json(500, { error: 'the simulator has a bug; its terminal says more' }));
}

function refused({ status, message, headers }: Refusal): Answer {
  const answer = json(status, { error: message });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
