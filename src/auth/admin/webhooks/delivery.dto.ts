import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { ToInt } from '../../../platform/validation/query-values.js';
import type { Delivery } from '../../../platform/webhooks/deliveries/delivery-store.js';
import type { DeliveryPage } from '../../../platform/webhooks/deliveries/webhook-deliveries.js';

export class DeliveryQueryDto {
  /** @example dead */
  @IsIn(['waiting', 'delivered', 'dead'])
  @IsOptional()
  state?: 'waiting' | 'delivered' | 'dead';

  /**
   * The nextBefore of the page before.
   * @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e
   */
  @IsUUID()
  @IsOptional()
  before?: string;

  /** Deliveries a page, 200 at most. */
  @ApiPropertyOptional()
  @Max(200)
  @Min(1)
  @IsInt()
  @ToInt()
  @IsOptional()
  limit: number = 50;
}

/** One event on its way to one webhook. */
export class DeliveryDto {
  /**
   * The receiver gets it as `webhook-id`.
   * @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e
   */
  id: string;

  /** @example session.ended */
  type: string;

  /**
   * Dead after ten tries in about three days.
   * @example delivered
   */
  state: 'waiting' | 'delivered' | 'dead';

  /** @example 1 */
  attempts: number;

  /**
   * When it is tried again; null when it is not.
   * @example 2026-11-23T02:58:35.123Z
   */
  dueAt: Date | null;

  /**
   * What the receiver answered last; null when it did not.
   * @example 200
   */
  lastStatus: number | null;

  /**
   * How the last try failed: `http`, `timeout`, `refused_address`, `econnrefused` and the like.
   * @example timeout
   */
  lastError: string | null;

  /**
   * The beginning of the last answer that was no success.
   * @example Bad Gateway
   */
  responseSnippet: string | null;

  /** @example 2026-11-23T02:53:36.123Z */
  finishedAt: Date | null;

  /** @example 2026-11-23T02:53:35.123Z */
  createdAt: Date;

  static from(delivery: Delivery): DeliveryDto {
    const { id, type, state, attempts, dueAt, lastStatus, lastError } = delivery;
    const { responseSnippet, finishedAt, createdAt } = delivery;
    return { id, type, state, attempts, dueAt, lastStatus, lastError, responseSnippet, finishedAt, createdAt };
  }
}

/** One page of deliveries. */
export class DeliveryPageDto {
  /** Newest first. */
  items: DeliveryDto[];

  /**
   * For the next page, as `before`; null when there is none.
   * @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e
   */
  nextBefore: string | null;

  static from({ deliveries, nextBefore }: DeliveryPage): DeliveryPageDto {
    return { items: deliveries.map((delivery) => DeliveryDto.from(delivery)), nextBefore };
  }
}
