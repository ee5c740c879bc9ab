import { IsOptional, IsString, MinLength } from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';

export class BindWechatDto {
  /**
   * From wx.login, of the WeChat account to bind.
   * @example 0712cDoV0cfty22AeloV0daMoV02cDog
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  code: string;

  /**
   * The mini-program the code is from; without it the first configured one.
   * @example wx0000000000000001
   */
  @MaxLength(32)
  @IsText()
  @IsString()
  @IsOptional()
  appId?: string;
}
