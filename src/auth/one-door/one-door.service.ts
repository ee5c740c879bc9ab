import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { AccessTokenMissingError } from '../auth.errors.js';
import { AuthService } from '../auth.service.js';
import type { TokensDto } from '../dto/tokens.dto.js';
import type { OneDoorRequest } from './one-door.dto.js';

/** Leads each action of the one door to the service behind its own door. */
@Injectable()
export class OneDoorService {
  constructor(private readonly auth: AuthService) {}

  enter(request: OneDoorRequest, client: Client, caller?: Caller): Promise<TokensDto | void> {
    switch (request.action) {
      case 'wechat':
        return this.auth.loginWithWechat(request.input, { client, device: request.input.device });
      case 'register':
        return this.auth.register(request.input, { client, device: request.input.device });
      case 'login':
        return this.auth.loginWithPassword(request.input, { client, device: request.input.device });
      case 'autoLogin':
        return this.auth.refresh(request.input.refreshToken, client);
      case 'logout':
        return this.logout(client, caller);
    }
  }

  private async logout(client: Client, caller?: Caller): Promise<void> {
    if (!caller) throw new AccessTokenMissingError();
    await this.auth.logout(caller, client);
  }
}
