import { IsString, MinLength } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { OfAppDto } from './of-app.dto.js';

export class PhoneCodeDto extends OfAppDto {
  /**
   * The code of the getPhoneNumber button (`event.detail.code`), not that of wx.login. Works once, for five minutes.
   * @example e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  code: string;
}

export class PhoneDto {
  /**
   * Masked.
   * @example 138****0001
   */
  phone: string | null;
}
