import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEvent } from './audit-event.entity.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { AuditErasure } from './audit-erasure.js';
import { AuditLog } from './audit-log.js';
import { AuditRetention } from './audit-retention.js';
import { AuditSearch } from './audit-search.js';
import { AuditConfig } from './audit.config.js';

/** The audit trail every feature writes to. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent])],
  providers: [
    {
      provide: AuditConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new AuditConfig(environment),
    },
    ...[AuditLog, AuditSearch, AuditRetention, AuditErasure],
  ],
  exports: [AuditLog, AuditSearch, AuditErasure],
})
export class AuditModule {}
