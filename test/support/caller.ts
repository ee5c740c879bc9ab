import type { UserDto } from '../../src/users/dto/user.dto.js';
import type { Answer, HttpClient } from './http-client.js';

/** Uses an access token as a client does: asks who it belongs to. */
export function whoAmI({ client }: { client: HttpClient }, accessToken: string): Promise<Answer<UserDto>> {
  return client.get<UserDto>('/api/v1/users/me', { token: accessToken });
}
