import { IsOptional, IsString, MinLength } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { WithDeviceDto } from './with-device.dto.js';

export class PhoneLoginDto extends WithDeviceDto {
  /**
   * The code that `wx.login` gave the mini-program. Works once, for five minutes.
   * @example 0712cDoV0cfty22AeloV0daMoV02cDog
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  loginCode: string;

  /**
   * The code of the getPhoneNumber button (`event.detail.code`). Works once, for five minutes.
   * @example e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  phoneCode: string;

  /**
   * The mini-program, when this server serves several; without it the first.
   * @example wx0000000000000001
   */
  @MaxLength(32)
  @IsText()
  @IsString()
  @IsOptional()
  appId?: string;
}
