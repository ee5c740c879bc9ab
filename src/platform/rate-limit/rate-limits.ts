import { Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { Clock } from '../clock.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { DerivedKeys } from '../encryption/derived-keys.js';
import { Redis } from '../redis/redis.js';
import { limitOf, RATE_CLASSES, type RateClassName, WINDOW_SECONDS } from './rate-classes.js';
import { type RateWindow, RateWindows } from './rate-windows.js';

const WINDOW_MS = WINDOW_SECONDS * 1000;
const PREFIX = 'wxl:rate:';

// KEYS: the window. ARGV: now, its length, and what the process knows of it, lest Redis has forgotten: used, ends at.
// Answers how often it was used with this time, and when it ends.
const COUNT = `
local now, stored = tonumber(ARGV[1]), redis.call('HMGET', KEYS[1], 'used', 'endsAt')
local used, endsAt = tonumber(stored[1]) or 0, tonumber(stored[2]) or 0
if endsAt <= now then
  used, endsAt = 0, now + tonumber(ARGV[2])
end
if tonumber(ARGV[3]) > used then
  used, endsAt = tonumber(ARGV[3]), tonumber(ARGV[4])
end
redis.call('HSET', KEYS[1], 'used', used + 1, 'endsAt', endsAt)
redis.call('PEXPIRE', KEYS[1], endsAt - now)
return { used + 1, endsAt }
`;

/** What a client may still do. */
export interface RateState {
  limit: number;
  /** 0 also for whoever is over the limit already. */
  remaining: number;
  resetsInSeconds: number;
  isOver: boolean;
}

interface Counting {
  key: string;
  limit: number;
  now: number;
  known: RateWindow | undefined;
}

/**
 * Counts requests in windows of a minute: in Redis where it is configured, so that all processes count together, else
 * in this process; while Redis is away in this process too, with half the limit.
 */
@Injectable()
export class RateLimits {
  private readonly key: Buffer;

  private readonly windows = new RateWindows();

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    keys: DerivedKeys,
  ) {
    this.key = keys.derive('rate-limits');
  }

  /** Counts one request of a client. Answers at once for what is counted in this process. */
  count(name: RateClassName, client: string): RateState | Promise<RateState> {
    const limit = limitOf(name, this.environment.RATE_LIMIT_PER_MINUTE);
    const key = `${name}|${client}`;
    const now = this.clock.now().getTime();
    if (!this.redis.commands || !RATE_CLASSES[name].isShared)
      return stateOf(this.windows.count(key, now, WINDOW_MS), limit, now);
    // Whoever floods costs no command.
    const known = this.windows.current(key, now);
    if (known && known.used > limit) return stateOf(known, limit, now);
    return this.countInRedis({ key, limit, now, known });
  }

  private async countInRedis({ key, limit, now, known }: Counting): Promise<RateState> {
    const parameters = [now, WINDOW_MS, known?.used ?? 0, known?.endsAt ?? 0];
    const answer = await this.redis.script<[number, number]>(COUNT, [this.redisKey(key)], parameters);
    if (!answer) return stateOf(this.windows.count(key, now, WINDOW_MS), Math.ceil(limit / 2), now);
    const window = { used: answer[0], endsAt: answer[1] };
    this.windows.set(key, window);
    return stateOf(window, limit, now);
  }

  // No address and no user can be read from it.
  private redisKey(key: string): string {
    return PREFIX + createHmac('sha256', this.key).update(key).digest('base64url');
  }
}

function stateOf({ used, endsAt }: RateWindow, limit: number, now: number): RateState {
  return {
    limit,
    remaining: Math.max(0, limit - used),
    resetsInSeconds: Math.max(1, Math.ceil((endsAt - now) / 1000)),
    isOver: used > limit,
  };
}
