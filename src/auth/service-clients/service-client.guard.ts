import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { clientOf } from '../../platform/identity/client.js';
import { readBasic } from '../../platform/oauth/basic-credentials.js';
import { ServiceClientAttempts } from './service-client-attempts.js';
import { ServiceClients } from './service-clients.js';
import { ServiceClientInvalidError } from './service-clients.errors.js';

type ServiceRequest = FastifyRequest & { serviceClientId?: string };

/** Lets in services that show who they are with HTTP Basic. */
@Injectable()
export class ServiceClientGuard implements CanActivate {
  constructor(
    private readonly clients: ServiceClients,
    private readonly attempts: ServiceClientAttempts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<ServiceRequest>();
    const credentials = readBasic(request.headers.authorization);
    if (!credentials) throw new ServiceClientInvalidError();
    const found = await this.clients.find(credentials.clientId);
    if (!(await this.attempts.isRight(found, credentials, clientOf(request)))) throw new ServiceClientInvalidError();
    request.serviceClientId = credentials.clientId;
    return true;
  }
}

/** Hands a controller method the id of the service that is asking. */
export const CurrentServiceClient = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<ServiceRequest>().serviceClientId,
);
