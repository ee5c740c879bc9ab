import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

/** What load balancers and orchestrators ask. WeChat's state is never part of it: a third party's outage is not ours. */
@Module({ controllers: [HealthController], providers: [HealthService] })
export class HealthModule {}
