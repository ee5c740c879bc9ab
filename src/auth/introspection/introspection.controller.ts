import { Controller, HttpCode, HttpStatus, Post, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBasicAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { FormBody } from '../../platform/oauth/form-body.js';
import { OAuthErrorDto, OAuthErrorFilter } from '../../platform/oauth/oauth-error.filter.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { RawBody } from '../../platform/validation/raw-body.decorator.js';
import { CurrentServiceClient, ServiceClientGuard } from '../service-clients/service-client.guard.js';
import { IntrospectionDto, TokenFormDto } from './introspection.dto.js';
import { TokenInspection } from './token-inspection.js';

/** Public to the guard of access tokens, because services come with a secret of their own. */
@ApiTags('Services 服务')
@ApiBasicAuth()
@ApiConsumes('application/x-www-form-urlencoded')
@ApiResponse({ status: 400, type: OAuthErrorDto, description: '`invalid_request`, `unsupported_token_type`' })
@ApiResponse({ status: 401, type: OAuthErrorDto, description: '`invalid_client`' })
@ApiResponse({ status: 429, type: OAuthErrorDto, description: '`temporarily_unavailable`' })
@Public()
@RateLimit('service')
@UseGuards(ServiceClientGuard)
@UseFilters(OAuthErrorFilter)
@Controller({ path: 'auth', version: '1' })
export class IntrospectionController {
  constructor(private readonly tokens: TokenInspection) {}

  /** 查询令牌 · Tells a service whether a token is good at this moment, and whose it is (RFC 7662). */
  @Post('introspect')
  @RawBody()
  @ApiBody({ type: TokenFormDto })
  @HttpCode(HttpStatus.OK)
  async introspect(@FormBody() form: Record<string, string>): Promise<IntrospectionDto> {
    return IntrospectionDto.from(await this.tokens.inspect(TokenFormDto.from(form).token));
  }

  /** 撤销令牌 · Ends the session of a token, and so all of its tokens (RFC 7009). */
  @Post('revoke')
  @ApiOkResponse({ description: 'The token is no longer good, or never was' })
  @RawBody()
  @ApiBody({ type: TokenFormDto })
  @HttpCode(HttpStatus.OK)
  async revoke(
    @FormBody() form: Record<string, string>,
    @CurrentServiceClient() clientId: string,
    @CurrentClient() client: Client,
  ): Promise<void> {
    const { token, token_type_hint } = TokenFormDto.from(form);
    await this.tokens.revoke(token, token_type_hint, { clientId, client });
  }
}
