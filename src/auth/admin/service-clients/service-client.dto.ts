import { IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, Max, Min } from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import type { ServiceClient } from '../../service-clients/service-client.entity.js';
import type { ServiceClientWithSecret } from '../../service-clients/service-clients.js';

const GRACE_MAX_SECONDS = 7 * 24 * 3600;

export class CreateServiceClientDto {
  /** @example 订单服务 */
  @MaxLength(100)
  @IsNotEmpty()
  @IsText()
  @IsString()
  name: string;
}

export class UpdateServiceClientDto extends CreateServiceClientDto {
  /** True shuts it out without forgetting it. */
  @IsBoolean()
  @IsOptional()
  disabled?: boolean;
}

export class RotateServiceSecretDto {
  /**
   * How long the secret before is good beside the new one, 7 days at most; 0 when it has leaked.
   * @example 3600
   */
  @Max(GRACE_MAX_SECONDS)
  @Min(0)
  @IsInt()
  @IsOptional()
  graceSeconds?: number;
}

/** A service that may ask about tokens. */
export class ServiceClientDto {
  /** @example svc_5a3c7b7e9a530a4b */
  id: string;

  /** @example 订单服务 */
  name: string;

  /** @example false */
  disabled: boolean;

  /**
   * Until then the secret before is good too.
   * @example 2026-11-24T02:53:35.123Z
   */
  previousSecretUntil: Date | null;

  /** @example 2026-11-23T02:53:35.123Z */
  createdAt: Date;

  static from({ id, name, disabledAt, previousSecretUntil, createdAt }: ServiceClient): ServiceClientDto {
    return { id, name, disabled: disabledAt !== null, previousSecretUntil, createdAt };
  }
}

/** A service client with its secret, which is shown this once. */
export class ServiceClientWithSecretDto extends ServiceClientDto {
  /** @example wxs1_… */
  secret: string;

  static fromNew({ serviceClient, secret }: ServiceClientWithSecret): ServiceClientWithSecretDto {
    return { ...ServiceClientDto.from(serviceClient), secret };
  }
}
