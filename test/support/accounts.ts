import type { CredentialsDto } from '../../src/auth/account/dto/credentials.dto.js';
import type { AccountDataDto } from '../../src/auth/personal-data/dto/personal-data.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { UserDto } from '../../src/users/dto/user.dto.js';
import type { Answer, HttpClient } from './http-client.js';

type Named = Pick<TokensDto, 'accessToken'>;

/** The doors of somebody's own account. */
export class OwnAccount {
  constructor(
    private readonly test: { client: HttpClient },
    private readonly tokens: Named,
  ) {}

  ask<Body = ProblemDetails>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return this.test.client.send<Body>(method, `/api/v1/users/me${path}`, { token: this.tokens.accessToken, body });
  }

  reauthenticate(proof: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.test.client.post('/api/v1/auth/reauthenticate', proof, { token: this.tokens.accessToken, headers });
  }

  changePassword(wish: object): Promise<Answer> {
    return this.ask('PUT', '/password', wish);
  }

  chooseUsername(wish: object): Promise<Answer> {
    return this.ask('POST', '/username', wish);
  }

  changeProfile<Body = UserDto>(changes: object): Promise<Answer<Body>> {
    return this.ask<Body>('PUT', '', changes);
  }

  bindWechat(proof: object): Promise<Answer> {
    return this.ask('POST', '/wechat', proof);
  }

  unbindWechat(appId: string): Promise<Answer> {
    return this.ask('DELETE', `/wechat/${appId}`);
  }

  removePhone(): Promise<Answer> {
    return this.ask('DELETE', '/phone');
  }

  async export(): Promise<AccountDataDto> {
    return (await this.ask<AccountDataDto>('GET', '/export')).body;
  }

  close(body?: object): Promise<Answer> {
    return this.ask('DELETE', '', body);
  }

  async credentials(): Promise<CredentialsDto> {
    return (await this.ask<CredentialsDto>('GET', '/credentials')).body;
  }
}
