import type { AuditEventDto, AuditPageDto } from '../../src/auth/admin/dto/audit.dto.js';
import type { AdminUserDetailsDto, AdminUserPageDto } from '../../src/auth/admin/dto/admin-user.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { Answer } from './http-client.js';
import { registered } from './password-users.js';
import type { TestApp } from './test-app.js';

/** Somebody who is an admin, at the doors for admins. */
export class Admin {
  private constructor(
    private readonly test: TestApp,
    readonly tokens: TokensDto,
  ) {}

  static async start(test: TestApp): Promise<Admin> {
    const { user, refreshToken } = await registered(test);
    await test.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ?`, [user.id]);
    return new Admin(test, (await test.client.refresh(refreshToken)).body);
  }

  get id(): string {
    return this.tokens.user.id;
  }

  ask<Body = ProblemDetails>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return this.test.client.send<Body>(method, `/api/v1/admin${path}`, { token: this.tokens.accessToken, body });
  }

  async view(userId: string): Promise<AdminUserDetailsDto> {
    return (await this.ask<AdminUserDetailsDto>('GET', `/users/${userId}`)).body;
  }

  async list(query: Record<string, string> = {}): Promise<AdminUserPageDto> {
    return (await this.ask<AdminUserPageDto>('GET', `/users?${new URLSearchParams(query).toString()}`)).body;
  }

  ban<Body = ProblemDetails>(userId: string, body: object = { reason: 'spam' }): Promise<Answer<Body>> {
    return this.ask<Body>('POST', `/users/${userId}/ban`, body);
  }

  changeRole<Body = ProblemDetails>(userId: string, role: string): Promise<Answer<Body>> {
    return this.ask<Body>('PUT', `/users/${userId}/role`, { role });
  }

  async events(query: Record<string, string> = {}): Promise<AuditEventDto[]> {
    return (await this.trail(query)).items;
  }

  async trail(query: Record<string, string> = {}): Promise<AuditPageDto> {
    return (await this.ask<AuditPageDto>('GET', `/audit-events?${new URLSearchParams(query).toString()}`)).body;
  }
}
