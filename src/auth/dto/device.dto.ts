import { IsOptional, IsString } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';

/** The device, as `wx.getDeviceInfo` describes it. It gives the list of signed-in devices its names. */
export class DeviceDto {
  /**
   * A random id the client made once and keeps.
   * @example 6f1c1a52-1f2b-4c1d-9b1e-0a4b7f1c2d3e
   */
  @MaxLength(64)
  @IsText()
  @IsString()
  @IsOptional()
  id?: string;

  /** @example Xiaomi 14 */
  @MaxLength(100)
  @IsText()
  @IsString()
  @IsOptional()
  name?: string;

  /** @example android */
  @MaxLength(32)
  @IsText()
  @IsString()
  @IsOptional()
  platform?: string;

  /** @example 23127PN0CC */
  @MaxLength(100)
  @IsText()
  @IsString()
  @IsOptional()
  model?: string;
}
