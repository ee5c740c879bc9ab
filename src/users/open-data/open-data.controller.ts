import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RateLimitedError, RequestInvalidError } from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser } from '../../platform/identity/caller.js';
import { DecryptionFailedError, SESSION_KEY_ERRORS, WechatSignatureInvalidError } from '../../wechat/wechat.errors.js';
import { EncryptedDataDto, SignatureCheckDto, SignedDataDto } from '../dto/open-data.dto.js';
import { WechatNotBoundError } from '../users.errors.js';
import { OpenDataService } from './open-data.service.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@ApiErrors(RequestInvalidError, RateLimitedError)
@Controller({ path: 'users/me/wechat', version: '1' })
export class OpenDataController {
  constructor(private readonly openData: OpenDataService) {}

  /** 解密开放数据 · Decrypts what wx.getUserInfo and its like gave the mini-program. For phone numbers use /users/me/phone. */
  @Post('decrypt')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true, example: { nickName: 'Band', gender: 1 } } })
  @ApiErrors(RequestInvalidError, DecryptionFailedError, WechatNotBoundError, ...SESSION_KEY_ERRORS)
  decrypt(@CurrentUser() { userId }: Caller, @Body() data: EncryptedDataDto): Promise<Record<string, unknown>> {
    return this.openData.decrypt(userId, data);
  }

  /** 校验数据签名 · Checks that rawData comes from WeChat and is the caller's. */
  @Post('verify')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(RequestInvalidError, WechatSignatureInvalidError, WechatNotBoundError, ...SESSION_KEY_ERRORS)
  async verify(@CurrentUser() { userId }: Caller, @Body() data: SignedDataDto): Promise<SignatureCheckDto> {
    return { valid: await this.openData.verify(userId, data) };
  }
}
