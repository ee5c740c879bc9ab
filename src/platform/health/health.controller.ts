import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator.js';
import { ServiceUnavailableError } from '../errors/request.errors.js';
import { Public } from '../identity/caller.js';
import { RateLimit } from '../rate-limit/rate-limit.decorator.js';
import { HealthDto, PongDto } from './health.dto.js';
import { HealthService } from './health.service.js';

@ApiTags('Health 健康检查')
@Public()
@RateLimit('none')
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** 连通性检查 · Answers pong: the server is reachable. */
  @Get('ping')
  ping(): PongDto {
    return { message: 'pong' };
  }

  /** 进程是否存活 · Is this process alive? */
  @Get('health/live')
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** 是否可接收流量 · Should this process get traffic? Yes when its database answers with a current schema and it is not shutting down. */
  @Get('health/ready')
  @ApiErrors(ServiceUnavailableError)
  async ready(): Promise<HealthDto> {
    await this.health.requireReady();
    return { status: 'ok' };
  }

  /** 健康检查 · The same as /health/ready. */
  @Get('health')
  @ApiErrors(ServiceUnavailableError)
  check(): Promise<HealthDto> {
    return this.ready();
  }
}
