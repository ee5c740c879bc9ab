import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { createLogger, LOGGER } from './logger.js';

/** Gives every module the one logger. */
@Global()
@Module({
  providers: [
    {
      provide: LOGGER,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => createLogger(environment.LOG_LEVEL),
    },
  ],
  exports: [LOGGER],
})
export class ObservabilityModule {}
