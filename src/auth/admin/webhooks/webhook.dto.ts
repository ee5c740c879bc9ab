import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
} from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import type { Webhook } from '../../../platform/webhooks/webhook-store.js';
import { SUBSCRIBABLE } from '../../../platform/webhooks/webhook-types.js';
import type { WebhookWithSecret } from '../../../platform/webhooks/webhooks.js';

const TYPES_MAX = 50;

export class CreateWebhookDto {
  /**
   * Where to send, by POST; https, and in the public internet unless WEBHOOK_ALLOWED_NETWORKS says otherwise.
   * @example https://example.com/wx-login-events
   */
  @MaxLength(512)
  @IsNotEmpty()
  @IsText()
  @IsString()
  url: string;

  /** @example 风控系统 */
  @MaxLength(100)
  @IsText()
  @IsString()
  @IsOptional()
  description?: string;

  /**
   * Types of docs/audit.md, or `*` for all.
   * @example ["session.ended", "user.banned"]
   */
  @IsIn(SUBSCRIBABLE, { each: true })
  @ArrayUnique()
  @ArrayMaxSize(TYPES_MAX)
  @ArrayNotEmpty()
  @IsArray()
  types: string[];
}

export class UpdateWebhookDto extends CreateWebhookDto {
  /** True stops it without forgetting it. */
  @IsBoolean()
  @IsOptional()
  disabled?: boolean;
}

/** Where another system is told of audit events, and of which. */
export class WebhookDto {
  /** @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e */
  id: string;

  /** @example https://example.com/wx-login-events */
  url: string;

  /** @example 风控系统 */
  description: string | null;

  /** @example ["session.ended", "user.banned"] */
  types: string[];

  /** @example false */
  disabled: boolean;

  /**
   * `admin`, or `gone` when the receiver answered 410.
   * @example gone
   */
  disabledReason: 'admin' | 'gone' | null;

  /**
   * Until then every request is also signed with the secret before.
   * @example 2026-11-24T02:53:35.123Z
   */
  previousSecretUntil: Date | null;

  /**
   * The admin.
   * @example 7
   */
  createdBy: string | null;

  /** @example 2026-11-23T02:53:35.123Z */
  createdAt: Date;

  static from(webhook: Webhook): WebhookDto {
    const { id, url, description, types, disabledReason, previousSecretUntil, createdBy, createdAt } = webhook;
    const disabled = webhook.disabledAt !== null;
    return { id, url, description, types, disabled, disabledReason, previousSecretUntil, createdBy, createdAt };
  }
}

/** A webhook with its signing secret, which is shown this once. */
export class WebhookWithSecretDto extends WebhookDto {
  /** @example whsec_… */
  secret: string;

  static fromNew({ webhook, secret }: WebhookWithSecret): WebhookWithSecretDto {
    return { ...WebhookDto.from(webhook), secret };
  }
}
