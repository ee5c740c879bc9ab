import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import type { Repository } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { AuditType } from '../../platform/audit/audit-types.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import type { Client } from '../../platform/identity/client.js';
import { ServiceClient } from './service-client.entity.js';
import { hashServiceSecret, newServiceSecret } from './service-client-secret.js';
import { ServiceClientNotFoundError, TooManyServiceClientsError } from './service-clients.errors.js';

/** Who changes a service client; nobody but the operator at the command line. */
export interface ServiceClientActor {
  actorId?: string;
  client?: Client;
}

/** A service client with the secret that is shown only now. */
export interface ServiceClientWithSecret {
  serviceClient: ServiceClient;
  secret: string;
}

export interface ServiceClientSettings {
  name: string;
  disabled?: boolean;
}

const CLIENTS_MAX = 100;
const ID = /^svc_[0-9a-f]{16}$/;
const INSERT = 'INSERT INTO service_clients (id, name, secret_hash, created_at, updated_at) VALUES (?, ?, ?, ?, ?)';
const UPDATE = 'UPDATE service_clients SET name = ?, disabled_at = ?, updated_at = ? WHERE id = ?';
const ROTATE = `UPDATE service_clients SET previous_secret_hash = secret_hash, previous_secret_until = ?,
  secret_hash = ?, updated_at = ? WHERE id = ?`;

/** The services that may ask about tokens. Every change leaves an audit event in its own transaction. */
@Injectable()
export class ServiceClients {
  constructor(
    @InjectRepository(ServiceClient) private readonly clients: Repository<ServiceClient>,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(): Promise<ServiceClient[]> {
    return this.clients.find({ order: { createdAt: 'ASC', id: 'ASC' }, take: CLIENTS_MAX });
  }

  async find(id: string): Promise<ServiceClient | null> {
    return ID.test(id) ? this.clients.findOneBy({ id }) : null;
  }

  /** @throws ServiceClientNotFoundError */
  async get(id: string): Promise<ServiceClient> {
    const client = await this.find(id);
    if (!client) throw new ServiceClientNotFoundError();
    return client;
  }

  /** @throws TooManyServiceClientsError */
  async create(name: string, by: ServiceClientActor): Promise<ServiceClientWithSecret> {
    if ((await this.clients.count()) >= CLIENTS_MAX) throw new TooManyServiceClientsError();
    const id = `svc_${randomBytes(8).toString('hex')}`;
    const secret = newServiceSecret();
    const now = this.clock.now();
    await this.change('service_client.created', { clientId: id, name }, by, async (statements) => {
      await statements.write(INSERT, [id, name, hashServiceSecret(secret), now, now]);
    });
    return { serviceClient: await this.get(id), secret };
  }

  /** @throws ServiceClientNotFoundError */
  async update(
    id: string,
    { name, disabled = false }: ServiceClientSettings,
    by: ServiceClientActor,
  ): Promise<ServiceClient> {
    const { disabledAt } = await this.get(id);
    const now = this.clock.now();
    await this.change('service_client.updated', { clientId: id, name, disabled }, by, async (statements) => {
      await statements.write(UPDATE, [name, disabled ? (disabledAt ?? now) : null, now, id]);
    });
    return this.get(id);
  }

  /**
   * Gives it a new secret.
   * @param graceSeconds how long the one before is good beside it
   * @throws ServiceClientNotFoundError
   */
  async rotateSecret(id: string, graceSeconds: number, by: ServiceClientActor): Promise<ServiceClientWithSecret> {
    await this.get(id);
    const secret = newServiceSecret();
    const now = this.clock.now();
    const until = new Date(now.getTime() + graceSeconds * 1000);
    await this.change('service_client.secret_rotated', { clientId: id, graceSeconds }, by, async (statements) => {
      await statements.write(ROTATE, [until, hashServiceSecret(secret), now, id]);
    });
    return { serviceClient: await this.get(id), secret };
  }

  /** @throws ServiceClientNotFoundError */
  async delete(id: string, by: ServiceClientActor): Promise<void> {
    const { name } = await this.get(id);
    await this.change('service_client.deleted', { clientId: id, name }, by, async (statements) => {
      await statements.write('DELETE FROM service_clients WHERE id = ?', [id]);
    });
  }

  private async change(
    type: AuditType & `service_client.${string}`,
    detail: Record<string, unknown>,
    by: ServiceClientActor,
    work: (statements: Statements) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (statements) => {
      await work(statements);
      await this.audit.recordNow(statements, { type, outcome: 'ok', ...by, detail });
    });
  }
}
