import { Global, Module } from '@nestjs/common';
import { AttemptCounters } from './attempt-counters.js';
import { AttemptsJanitor } from './attempts-janitor.js';
import { DatabaseAttempts } from './database-attempts.js';
import { LocalAttempts } from './local-attempts.js';
import { RedisAttempts } from './redis-attempts.js';

/** The memory of failed attempts, for every feature that checks a secret. */
@Global()
@Module({
  providers: [AttemptCounters, RedisAttempts, LocalAttempts, DatabaseAttempts, AttemptsJanitor],
  exports: [AttemptCounters],
})
export class AttemptsModule {}
