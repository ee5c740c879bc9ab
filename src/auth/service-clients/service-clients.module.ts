import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ServiceClientAttempts } from './service-client-attempts.js';
import { ServiceClient } from './service-client.entity.js';
import { ServiceClients } from './service-clients.js';

/** The services that may ask about tokens. */
@Module({
  imports: [TypeOrmModule.forFeature([ServiceClient])],
  providers: [ServiceClients, ServiceClientAttempts],
  exports: [ServiceClients, ServiceClientAttempts],
})
export class ServiceClientsModule {}
