import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { NetworkError } from '../api/problem.js';
import { session } from '../api/session.js';

const TRIES = 2;
const FRESH_MS = 5_000;

/** What the pages remember of the server's answers, for one caller. */
export function createQueries(): QueryClient {
  const retry = (times: number, error: unknown) => error instanceof NetworkError && times < TRIES;
  return new QueryClient({ defaultOptions: { queries: { retry, staleTime: FRESH_MS } } });
}

/** What the server answers to a GET; the path is the name it is remembered by. */
export function useAnswer<T>(path: string, options: { everyMs?: number } = {}): UseQueryResult<T> {
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => session.request<T>('GET', path, { signal }),
    refetchInterval: options.everyMs,
  });
}
