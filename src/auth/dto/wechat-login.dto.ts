import { IsOptional, IsString, MinLength } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { WithDeviceDto } from './with-device.dto.js';

export class WechatLoginDto extends WithDeviceDto {
  /**
   * The code that `wx.login` gave the mini-program. Works once, for five minutes.
   * @example 0712cDoV0cfty22AeloV0daMoV02cDog
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  code: string;

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
