import type { AuthError } from './auth-error.js';

/** The server's last word on a refresh token. A ban, a limit or a fault is not: the tokens stay. */
export function isEnd(error: unknown): boolean {
  return /^(request\.invalid|sessions\.(ended|refresh_token_\w+))$/.test((error as AuthError).code);
}

/** An access token that a new one can replace. */
export function isRenewable(error: unknown, more: string[] = []): boolean {
  const { code, status } = Object(error) as AuthError;
  return status === 401 && (/^(sessions\.ended|auth\.access_token_\w+)$/.test(code) || more.includes(code));
}
