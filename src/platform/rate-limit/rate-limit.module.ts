import { Global, Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { ENVIRONMENT, type Environment } from '../config/environment.js';

const MINUTE_MS = 60_000;

/** The general limit of the public doors: RATE_LIMIT_PER_MINUTE requests a route from one network, in this process. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => ({
        throttlers: [{ ttl: MINUTE_MS, limit: environment.RATE_LIMIT_PER_MINUTE }],
      }),
    }),
  ],
  exports: [ThrottlerModule],
})
export class RateLimitModule {}
