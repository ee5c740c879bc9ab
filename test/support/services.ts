import type { ServiceClientWithSecretDto } from '../../src/auth/admin/service-clients/service-client.dto.js';
import { Admin } from './admins.js';
import type { Answer } from './http-client.js';
import type { TestApp } from './test-app.js';

/** Another service, with an id and a secret, at the doors for services. */
export class Service {
  constructor(
    private readonly test: TestApp,
    readonly id: string,
    readonly secret: string,
  ) {}

  static async register(test: TestApp, admin: Admin, name = 'orders'): Promise<Service> {
    const { body } = await admin.ask<ServiceClientWithSecretDto>('POST', '/service-clients', { name });
    return new Service(test, body.id, body.secret);
  }

  /** The same service, showing another secret. */
  with(secret: string): Service {
    return new Service(this.test, this.id, secret);
  }

  introspect<Body = Record<string, unknown>>(
    token: string,
    fields: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.post('introspect', new URLSearchParams({ token, ...fields }).toString());
  }

  revoke<Body = unknown>(token: string, fields: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.post('revoke', new URLSearchParams({ token, ...fields }).toString());
  }

  post<Body>(door: string, body: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const basic = Buffer.from(`${this.id}:${this.secret}`).toString('base64');
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` };
    return this.test.client.post<Body>(`/api/v1/auth/${door}`, body, { headers: { ...form, ...headers } });
  }
}
