/** What the server answers when something is wrong (RFC 9457). */
export interface Problem {
  code: string;
  title: string;
  status: number;
  detail?: string;
  requestId?: string;
  errors?: { field: string; code: string; message: string }[];
  retryAfter?: number;
}

/** The server said no. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = 'ApiError';
  }
}

/** No answer came: there is no network, or the server is away. Nobody is logged out by that. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('network', { cause });
    this.name = 'NetworkError';
  }
}

/** The code of the server's refusal, if it was one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.problem.code : undefined;
}

/** Reads a refusal; one that is not from our server, but from a proxy before it, is told by its status alone. */
export async function problemIn(response: Response): Promise<Problem> {
  const { status, headers } = response;
  const isProblem = headers.get('content-type')?.includes('problem+json');
  const problem = isProblem ? ((await response.json()) as Problem) : null;
  const retryAfter = Number(headers.get('retry-after')) || undefined;
  const fallback = { code: status === 429 ? 'request.rate_limited' : 'internal', title: '', status, retryAfter };
  return problem ?? { ...fallback, requestId: headers.get('x-request-id') ?? undefined };
}
