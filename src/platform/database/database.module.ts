import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { createDataSource, dataSourceOptions, type EntityClass } from './data-source.js';
import { Database } from './database.js';
import { requireSchema } from './schema-state.js';

/** Connects to the database at start, with its schema current. */
@Global()
@Module({ providers: [Database], exports: [Database] })
export class DatabaseModule {
  static forRoot(environment: Environment, entities: EntityClass[]): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [ENVIRONMENT],
          useFactory: () => ({ ...dataSourceOptions(environment, entities), retryAttempts: 2, retryDelay: 1_000 }),
          dataSourceFactory: async (options) => {
            const dataSource = await createDataSource(options as DataSourceOptions).initialize();
            await requireSchema(dataSource, { mayMigrate: !environment.isProduction });
            return dataSource;
          },
        }),
      ],
    };
  }
}
