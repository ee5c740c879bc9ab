import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { RateLimitedError } from '../errors/request.errors.js';
import { addressOf } from '../identity/client.js';
import { networkOf } from './client-network.js';

/** Limits how often one network may knock at a public door. */
@Injectable()
export class NetworkRateLimitGuard extends ThrottlerGuard {
  protected override getTracker(request: FastifyRequest): Promise<string> {
    return Promise.resolve(networkOf(addressOf(request)));
  }

  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    return Promise.reject(new RateLimitedError({ retryAfterSeconds: Math.max(1, detail.timeToBlockExpire) }));
  }
}
