import { AuthError } from '../errors/auth-error.js';
import type { Transport } from '../http/transport.js';

const V1 = '/api/v1';
/** Asking again with the same refresh token, or the same login code from the same phone, gets the same answer. */
const isIdempotent = true;

/** The server's doors that a login goes through; none needs an access token. */
export class AuthDoors {
  constructor(private readonly transport: Transport) {}

  refresh(refreshToken: string): Promise<unknown> {
    return this.transport.send({ method: 'POST', path: `${V1}/auth/refresh`, data: { refreshToken }, isIdempotent });
  }

  wechat(data: object): Promise<unknown> {
    return this.transport.send({ method: 'POST', path: `${V1}/auth/wechat`, data, isIdempotent });
  }

  phone(data: object): Promise<unknown> {
    return this.transport.send({ method: 'POST', path: `${V1}/auth/phone`, data, isIdempotent });
  }

  /** Each try counts against the account, so there is never a second one. */
  password(door: 'login' | 'register', data: object): Promise<unknown> {
    return this.transport.send({ method: 'POST', path: `${V1}/auth/${door}`, data });
  }

  async logout(accessToken: string): Promise<void> {
    const header = { Authorization: `Bearer ${accessToken}` };
    await this.transport.send({ method: 'POST', path: `${V1}/auth/logout`, header, isIdempotent });
  }
}

const ENDED = [
  'request.invalid',
  'sessions.refresh_token_invalid',
  'sessions.refresh_token_expired',
  'sessions.refresh_token_reused',
  'sessions.ended',
];

/** The server's last word on a refresh token. A ban, a limit or a fault is not: the tokens stay. */
export function isEnd(error: unknown): error is AuthError {
  return error instanceof AuthError && (error.status === 401 || error.status === 400) && ENDED.includes(error.code);
}

const RENEWABLE = [
  'auth.access_token_missing',
  'auth.access_token_invalid',
  'auth.access_token_expired',
  'sessions.ended',
];

/** An access token that a new one can replace. */
export function isRenewable(error: unknown, more: readonly string[]): error is AuthError {
  return error instanceof AuthError && error.status === 401 && [...RENEWABLE, ...more].includes(error.code);
}
