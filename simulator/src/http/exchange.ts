import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request with its target taken apart, and the response that it waits for. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

export function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const { method = '', url = '' } = request;
  const queryStart = url.includes('?') ? url.indexOf('?') : url.length;
  return {
    request,
    response,
    method,
    path: url.slice(0, queryStart),
    query: new URLSearchParams(url.slice(queryStart)),
  };
}
