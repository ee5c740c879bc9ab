import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OneTimeJanitor } from './one-time-janitor.js';
import { OneTimeResult } from './one-time-result.entity.js';
import { OneTimeResults } from './one-time-results.js';
import { OneTimeStore } from './one-time-store.js';

/** The memory of codes that work once, for every feature that exchanges one. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([OneTimeResult])],
  providers: [OneTimeStore, OneTimeResults, OneTimeJanitor],
  exports: [OneTimeResults],
})
export class OneTimeModule {}
