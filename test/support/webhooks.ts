import type { DeliveryDto, DeliveryPageDto } from '../../src/auth/admin/webhooks/delivery.dto.js';
import type { WebhookDto, WebhookWithSecretDto } from '../../src/auth/admin/webhooks/webhook.dto.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { DeliveryWorker } from '../../src/platform/webhooks/deliveries/delivery-worker.js';
import { Admin } from './admins.js';
import { startTestApp, type TestApp } from './test-app.js';
import { type Receiver, startReceiver } from './webhook-receiver.js';

/** A server, an admin, and a receiver with a webhook to it. */
export class WebhookScene {
  private constructor(
    readonly test: TestApp,
    public admin: Admin,
    readonly receiver: Receiver,
  ) {}

  static async start(variables: Record<string, string> = {}): Promise<WebhookScene> {
    const test = await startTestApp({ WEBHOOK_TIMEOUT_MS: '500', ...variables });
    const admin = await Admin.start(test);
    await test.app.get(AuditLog).flush();
    return new WebhookScene(test, admin, await startReceiver());
  }

  /** After the clock has moved on far. */
  async freshAdmin(): Promise<void> {
    this.admin = await Admin.start(this.test);
    await this.test.app.get(AuditLog).flush();
  }

  async create(fields: object = {}): Promise<WebhookWithSecretDto> {
    const body = { url: this.receiver.url, types: ['register'], ...fields };
    const answer = await this.admin.ask<WebhookWithSecretDto>('POST', '/webhooks', body);
    if (answer.status !== 201) throw new Error(`A webhook was answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  async get({ id }: { id: string }): Promise<WebhookDto> {
    return (await this.admin.ask<WebhookDto>('GET', `/webhooks/${id}`)).body;
  }

  async deliveries({ id }: { id: string }, query = ''): Promise<DeliveryDto[]> {
    return (await this.admin.ask<DeliveryPageDto>('GET', `/webhooks/${id}/deliveries${query}`)).body.items;
  }

  /** Writes down what has happened, and sends all that is due. */
  async deliver(test = this.test): Promise<void> {
    await test.app.get(AuditLog).flush();
    await test.app.get(DeliveryWorker).work();
  }

  async close(): Promise<void> {
    await this.receiver.close();
    await this.test.close();
  }
}
