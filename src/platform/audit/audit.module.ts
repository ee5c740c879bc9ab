import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEvent } from './audit-event.entity.js';
import { AuditLog } from './audit-log.js';
import { AuditSearch } from './audit-search.js';

/** The audit trail every feature writes to. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent])],
  providers: [AuditLog, AuditSearch],
  exports: [AuditLog, AuditSearch],
})
export class AuditModule {}
