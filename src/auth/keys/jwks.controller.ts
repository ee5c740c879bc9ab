import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/identity/caller.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { JwksDto } from './jwks.dto.js';
import { JWKS_MAX_AGE_SECONDS } from './key-schedule.js';
import { SigningKeys } from './signing-keys.js';

@ApiTags('Auth 登录')
@Public()
@RateLimit('none')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  /** 公钥 · The public keys with which other services verify access tokens by themselves. */
  @Get('jwks.json')
  @Header('Cache-Control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`)
  jwks(): JwksDto {
    return { keys: this.keys.publicJwks() };
  }
}
