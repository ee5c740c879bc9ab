import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountModule } from './auth/account/account.module.js';
import { AdminModule } from './auth/admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import { entities } from './entities.js';
import { sealedColumns } from './sealed-columns.js';
import { PersonalDataModule } from './auth/personal-data/personal-data.module.js';
import { AttemptsModule } from './platform/attempts/attempts.module.js';
import { AuditModule } from './platform/audit/audit.module.js';
import { ClockModule } from './platform/clock.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Environment } from './platform/config/environment.js';
import { DataMapModule } from './platform/data-map/data-map.module.js';
import type { ProcessRole } from './platform/config/process-role.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { ResealingModule } from './platform/encryption/resealing/resealing.module.js';
import { EncryptionModule } from './platform/encryption/encryption.module.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { HealthModule } from './platform/health/health.module.js';
import { ObservabilityModule } from './platform/observability/observability.module.js';
import { OneTimeModule } from './platform/one-time/one-time.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import { RateLimitModule } from './platform/rate-limit/rate-limit.module.js';
import { WebhooksModule } from './platform/webhooks/webhooks.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { UsersModule } from './users/users.module.js';
import { WechatModule } from './wechat/wechat.module.js';

/** The server's table of contents: the ground, then the staircase from its lowest step up. */
@Module({})
export class AppModule {
  static forRoot(environment: Environment, role: ProcessRole = 'server'): DynamicModule {
    const ground = [
      ...[ClockModule, ObservabilityModule, RedisModule, EncryptionModule, RateLimitModule, AuditModule, HealthModule],
      ResealingModule.forRoot(sealedColumns),
      ...[DataMapModule, OneTimeModule, AttemptsModule, WebhooksModule],
    ];
    const staircase = [
      WechatModule,
      UsersModule,
      SessionsModule,
      AuthModule,
      AccountModule,
      PersonalDataModule,
      AdminModule,
    ];
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment, role),
        DatabaseModule.forRoot(environment, entities),
        ...ground,
        ...staircase,
      ],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}
