import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SessionsConfig } from '../sessions.config.js';

/** Says until when a session lives, counted from now. */
@Injectable()
export class SessionLifetimes {
  constructor(
    private readonly config: SessionsConfig,
    private readonly clock: Clock,
  ) {}

  begin(): { now: Date; expiresAt: Date; absoluteExpiresAt: Date } {
    const now = this.clock.now();
    const absoluteExpiresAt = plusSeconds(now, this.config.absoluteSeconds);
    return { now, absoluteExpiresAt, expiresAt: this.idleEnd(now, absoluteExpiresAt) };
  }

  extend(absoluteExpiresAt: Date): { now: Date; expiresAt: Date } {
    const now = this.clock.now();
    return { now, expiresAt: this.idleEnd(now, absoluteExpiresAt) };
  }

  now(): Date {
    return this.clock.now();
  }

  private idleEnd(now: Date, absoluteExpiresAt: Date): Date {
    const idle = plusSeconds(now, this.config.idleSeconds);
    return idle < absoluteExpiresAt ? idle : absoluteExpiresAt;
  }
}

function plusSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
