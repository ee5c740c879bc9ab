import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { AUDIT_TYPES, type AuditType } from '../../../platform/audit/audit-types.js';
import type { AuditPage, FoundEvent } from '../../../platform/audit/audit-search.js';
import { IsMoment, ToMoment } from '../../../platform/validation/is-moment.js';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import { ToInt } from '../../../platform/validation/query-values.js';
import { IsUserId } from '../../../users/dto/user-id.js';

export class AuditQueryDto {
  /**
   * Whom it happened to.
   * @example 1024
   */
  @IsUserId()
  @IsOptional()
  userId?: string;

  /**
   * Which admin did it.
   * @example 7
   */
  @IsUserId()
  @IsOptional()
  actorId?: string;

  /** @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e */
  @IsUUID()
  @IsOptional()
  sessionId?: string;

  /**
   * One of docs/audit.md.
   * @example login
   */
  @IsIn(Object.keys(AUDIT_TYPES))
  @IsOptional()
  type?: AuditType;

  /** @example refused */
  @IsIn(['ok', 'refused'])
  @IsOptional()
  outcome?: 'ok' | 'refused';

  /**
   * At or after it.
   * @example 2026-11-01T00:00:00Z
   */
  @IsMoment()
  @ToMoment()
  @IsOptional()
  from?: Date;

  /**
   * Before it.
   * @example 2026-12-01T00:00:00Z
   */
  @IsMoment()
  @ToMoment()
  @IsOptional()
  to?: Date;

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

/** One thing that happened. */
export class AuditEventDto {
  /** @example 4711 */
  id: string;

  /**
   * One of docs/audit.md.
   * @example login
   */
  type: string;

  /** @example ok */
  outcome: string;

  /**
   * Whom it happened to.
   * @example 1024
   */
  userId: string | null;

  /**
   * The admin who did it.
   * @example 7
   */
  actorId: string | null;

  /** @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e */
  sessionId: string | null;

  /** @example 203.0.113.9 */
  ipAddress: string | null;

  /** @example MicroMessenger/8.0.50 */
  userAgent: string | null;

  /**
   * What else is known; never a secret.
   * @example { "method": "wechat" }
   */
  detail: Record<string, unknown> | null;

  /** @example 2026-11-23T02:53:35.123Z */
  createdAt: Date;

  static from(event: FoundEvent): AuditEventDto {
    const { id, type, outcome, userId, actorId, sessionId, ipAddress, userAgent, detail, createdAt } = event;
    return { id, type, outcome, userId, actorId, sessionId, ipAddress, userAgent, detail, createdAt };
  }
}

/** One page of the audit trail. */
export class AuditPageDto {
  /** Newest first. */
  items: AuditEventDto[];

  /**
   * For the next page, as `before`; null when there is none.
   * @example 1795392800000-4711
   */
  nextBefore: string | null;

  static from({ events, nextBefore }: AuditPage): AuditPageDto {
    return { items: events.map((event) => AuditEventDto.from(event)), nextBefore };
  }
}
