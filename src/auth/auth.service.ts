import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Caller } from '../platform/identity/caller.js';
import type { Client } from '../platform/identity/client.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { Registration } from '../users/password-accounts.js';
import { AccessTokens } from './access-token/access-tokens.js';
import { TokensDto } from './dto/tokens.dto.js';
import type { LoginResult, Origin } from './login/login-result.js';
import { type Credentials, PasswordLogin } from './login/password-login.js';
import { WechatLogin } from './login/wechat-login.js';

/** Who is calling? Each way in ends in the same answer: an access token, a refresh token and the user. */
@Injectable()
export class AuthService {
  constructor(
    private readonly wechatLogin: WechatLogin,
    private readonly passwordLogin: PasswordLogin,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async loginWithWechat(input: { code: string; appId?: string }, origin: Origin): Promise<TokensDto> {
    const { code: loginCode, appId } = input;
    return this.answer(await this.wechatLogin.login({ loginCode, appId }, origin));
  }

  async loginWithPhone(
    codes: { loginCode: string; phoneCode: string; appId?: string },
    origin: Origin,
  ): Promise<TokensDto> {
    return this.answer(await this.wechatLogin.login(codes, origin));
  }

  async register(registration: Registration, origin: Origin): Promise<TokensDto> {
    return this.answer(await this.passwordLogin.register(registration, origin));
  }

  async loginWithPassword(credentials: Credentials, origin: Origin): Promise<TokensDto> {
    return this.answer(await this.passwordLogin.login(credentials, origin));
  }

  async refresh(refreshToken: string, client: Client): Promise<TokensDto> {
    const session = await this.sessions.refresh(refreshToken, client);
    return this.answer({ session, isNewUser: false });
  }

  async logout(caller: Caller, client: Client): Promise<void> {
    await this.sessions.logout(caller, client);
  }

  isUsernameAvailable(username: string): Promise<boolean> {
    return this.passwordLogin.isUsernameAvailable(username);
  }

  private async answer({ session, isNewUser }: LoginResult): Promise<TokensDto> {
    const access = await this.accessTokens.issue(session);
    return TokensDto.from({ session, isNewUser, access, now: this.clock.now() });
  }
}
