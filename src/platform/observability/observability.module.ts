import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { PROCESS_ROLE, type ProcessRole } from '../config/process-role.js';
import { createLogger, LOGGER } from './logger.js';

/** Gives every module the one logger. */
@Global()
@Module({
  providers: [
    {
      provide: LOGGER,
      inject: [ENVIRONMENT, PROCESS_ROLE],
      useFactory: ({ LOG_LEVEL: level }: Environment, role: ProcessRole) =>
        role === 'cli' ? createLogger(level, process.stderr) : createLogger(level), // a command's stdout is its result
    },
  ],
  exports: [LOGGER],
})
export class ObservabilityModule {}
