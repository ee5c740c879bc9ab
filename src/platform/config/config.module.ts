import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from './environment.js';
import { PROCESS_ROLE, type ProcessRole } from './process-role.js';

/** Gives every module the checked configuration, and says what process this is. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(environment: Environment, role: ProcessRole): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: PROCESS_ROLE, useValue: role },
      ],
      exports: [ENVIRONMENT, PROCESS_ROLE],
    };
  }
}
