import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { DeviceDto } from './device.dto.js';

/** What every login may say about its device. */
export abstract class WithDeviceDto {
  @Type(() => DeviceDto)
  @ValidateNested()
  @IsObject()
  @IsOptional()
  device?: DeviceDto;
}
