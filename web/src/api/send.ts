import { ApiError, NetworkError, problemIn } from './problem.js';

const TIMEOUT_MS = 20_000;

export interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** Sends one request to our own server. */
export type Send = <T>(method: string, path: string, options?: RequestOptions) => Promise<T>;

/**
 * Sends one request and reads its answer.
 * @throws ApiError when the server refuses, NetworkError when no answer came, AbortError when `signal` said so
 */
export const send: Send = async <T>(method: string, path: string, options: RequestOptions = {}): Promise<T> => {
  const { body, signal, headers } = options;
  const response = await knock(path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'accept-language': document.documentElement.lang, ...contentType(body), ...headers },
    credentials: 'same-origin',
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]),
  });
  if (!response.ok) throw new ApiError(await problemIn(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
};

async function knock(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, init);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new NetworkError(error);
  }
}

function contentType(body: unknown): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' };
}
