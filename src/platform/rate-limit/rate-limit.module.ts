import { Global, Module } from '@nestjs/common';
import { RateLimits } from './rate-limits.js';

/** How often one client may knock, for the guard that stands behind the one that knows who is calling. */
@Global()
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class RateLimitModule {}
