import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { Answer, HttpClient } from './http-client.js';

/** Strong enough for the default policy. */
export const PASSWORD = 'Blue-Kettle7';
export const WRONG_PASSWORD = 'Green-Kettle8';

let made = 0;

/** A username that nobody in this test file has. */
export function freshUsername(): string {
  return `Person${++made}`;
}

/** Registers a user through the front door, under a fresh name unless told. */
export function register({ client }: { client: HttpClient }, fields: object = {}): Promise<Answer<TokensDto>> {
  return client.post<TokensDto>('/api/v1/auth/register', { username: freshUsername(), password: PASSWORD, ...fields });
}

/** Registers a user and hands out what the answer says. */
export async function registered(test: { client: HttpClient }, fields: object = {}): Promise<TokensDto> {
  const { status, text, body } = await register(test, fields);
  if (status !== 201) throw new Error(`Registering was answered ${status}: ${text}`);
  return body;
}

/** Logs in, with the right password unless told. */
export function login(
  { client }: { client: HttpClient },
  fields: object,
  headers: Record<string, string> = {},
): Promise<Answer<TokensDto>> {
  return client.post<TokensDto>('/api/v1/auth/login', { password: PASSWORD, ...fields }, { headers });
}
