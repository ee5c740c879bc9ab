import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { Language } from '../../platform/errors/problem-details.js';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { ToInt } from '../../platform/validation/query-values.js';
import { meaningOf } from '../history/event-reasons.js';
import type { SessionEventType } from '../history/session-event.entity.js';
import type { HistoryEvent, HistoryPage } from '../history/session-history.js';

export class SessionEventQueryDto {
  /**
   * The nextBefore of the page before.
   * @example 1795392800000-4711
   */
  @MaxLength(40)
  @IsText()
  @IsString()
  @IsOptional()
  before?: string;

  /** Events a page, 200 at most. */
  @ApiPropertyOptional()
  @Max(200)
  @Min(1)
  @IsInt()
  @ToInt()
  @IsOptional()
  limit: number = 50;
}

/** One thing that happened to a session. */
export class SessionEventDto {
  /** @example end */
  type: SessionEventType;

  /** @example 2026-11-24T10:15:00.000Z */
  createdAt: Date;

  /**
   * Where it came from; null when no client caused it.
   * @example 203.0.113.9
   */
  ipAddress: string | null;

  /**
   * Of a login how, of a reuse which class, of an end why; null for a rotation.
   * @example session_limit
   */
  reason: string | null;

  /**
   * The same in words, Chinese, or English by Accept-Language.
   * @example 登录设备超过上限，最久未用的一台已下线
   */
  message: string;

  static from({ type, createdAt, ipAddress, reason }: HistoryEvent, language: Language): SessionEventDto {
    return { type, createdAt, ipAddress, reason, message: meaningOf(type, reason)[language] };
  }
}

/** One page of the timeline of a session. */
export class SessionEventPageDto {
  /** Newest first. */
  items: SessionEventDto[];

  /**
   * For the next page, as `before`; null when there is none.
   * @example 1795392800000-4711
   */
  nextBefore: string | null;

  static from({ events, nextBefore }: HistoryPage, language: Language): SessionEventPageDto {
    return { items: events.map((event) => SessionEventDto.from(event, language)), nextBefore };
  }
}
