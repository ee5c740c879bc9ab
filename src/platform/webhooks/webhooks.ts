import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.js';
import type { AuditType } from '../audit/audit-types.js';
import { Clock } from '../clock.js';
import { Database, type Statements } from '../database/database.js';
import { RequestInvalidError } from '../errors/request.errors.js';
import type { Client } from '../identity/client.js';
import { TargetRefused, WebhookTarget } from './sending/webhook-target.js';
import { newSecret } from './sending/webhook-signature.js';
import { type Webhook, type WebhookSettings, WebhookStore } from './webhook-store.js';
import { TooManyWebhooksError, WebhookNotFoundError } from './webhooks.errors.js';

/** Who changes a webhook. */
export interface WebhookActor {
  actorId?: string;
  client?: Client;
}

/** A webhook with the secret that is shown only now. */
export interface WebhookWithSecret {
  webhook: Webhook;
  secret: string;
}

const WEBHOOKS_MAX = 20;
const BOTH_SIGN_MS = 24 * 3600 * 1000;

/** Webhooks as admins see them. Every change leaves an audit event in its own transaction. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly store: WebhookStore,
    private readonly target: WebhookTarget,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(): Promise<Webhook[]> {
    return this.store.list();
  }

  /** @throws WebhookNotFoundError */
  async get(id: string): Promise<Webhook> {
    const webhook = await this.store.find(id);
    if (!webhook) throw new WebhookNotFoundError();
    return webhook;
  }

  /** @throws RequestInvalidError for a URL that may not be called, TooManyWebhooksError */
  async create(settings: WebhookSettings, by: WebhookActor): Promise<WebhookWithSecret> {
    await this.requireTarget(settings.url);
    const id = uuidv7({ msecs: this.clock.now().getTime() });
    const secret = newSecret();
    await this.database.transaction(async (statements) => {
      if ((await this.store.list(statements)).length >= WEBHOOKS_MAX) throw new TooManyWebhooksError();
      await this.store.insert(statements, { ...settings, id, secret, createdBy: by.actorId ?? null });
      await this.record(statements, 'webhook.created', { id, url: settings.url, types: settings.types }, by);
    });
    return { webhook: await this.get(id), secret };
  }

  /** @throws WebhookNotFoundError, RequestInvalidError */
  async update(id: string, settings: WebhookSettings, by: WebhookActor): Promise<Webhook> {
    const webhook = await this.get(id);
    await this.requireTarget(settings.url);
    await this.database.transaction(async (statements) => {
      await this.store.update(statements, webhook, settings);
      const { url, types, disabled = false } = settings;
      await this.record(statements, 'webhook.updated', { id, url, types, disabled }, by);
    });
    return this.get(id);
  }

  /**
   * Gives it a new secret. For a day every request is signed with both.
   * @throws WebhookNotFoundError
   */
  async rotateSecret(id: string, by: WebhookActor): Promise<WebhookWithSecret> {
    await this.get(id);
    const secret = newSecret();
    const until = new Date(this.clock.now().getTime() + BOTH_SIGN_MS);
    await this.database.transaction(async (statements) => {
      await this.store.rotate(statements, id, { secret, until });
      await this.record(statements, 'webhook.secret_rotated', { id }, by);
    });
    return { webhook: await this.get(id), secret };
  }

  /** @throws WebhookNotFoundError */
  async delete(id: string, by: WebhookActor): Promise<void> {
    const { url } = await this.get(id);
    await this.database.transaction(async (statements) => {
      await this.store.delete(statements, id);
      await this.record(statements, 'webhook.deleted', { id, url }, by);
    });
  }

  /** The receiver has answered 410 Gone: it gets nothing more until an admin enables it again. */
  async disableGone(id: string): Promise<void> {
    await this.database.transaction(async (statements) => {
      if (!(await this.store.disable(statements, id, 'gone'))) return;
      await this.record(statements, 'webhook.disabled', { id, reason: 'gone' }, {});
    });
  }

  private async requireTarget(url: string): Promise<void> {
    try {
      await this.target.resolve(new URL(url));
    } catch (error) {
      const problem = error instanceof TargetRefused ? error.problem : 'invalid_url';
      throw new RequestInvalidError({
        cause: error,
        fields: [{ field: 'url', code: problem, message: REFUSALS[problem] }],
      });
    }
  }

  private record(
    statements: Statements,
    type: AuditType & `webhook.${string}`,
    detail: Record<string, unknown>,
    by: WebhookActor,
  ): Promise<void> {
    return this.audit.recordNow(statements, { type, outcome: 'ok', ...by, detail });
  }
}

const REFUSALS = {
  invalid_url: { zh: '网址格式不正确', en: 'is not a URL' },
  not_https: { zh: '须为 https 网址', en: 'must be an https URL' },
  has_credentials: { zh: '网址中不能带用户名或密码', en: 'must not hold a username or password' },
  unknown_host: { zh: '无法解析该域名', en: 'has a host name that cannot be resolved' },
  refused_address: { zh: '不能指向内网、本机或保留地址', en: 'must not lead to a private, local or reserved address' },
} as const;
