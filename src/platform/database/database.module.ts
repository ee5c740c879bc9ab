import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { createDataSource, dataSourceOptions, type EntityClass } from './data-source.js';
import { Database } from './database.js';
import { requireSchema, SchemaOutdatedError } from './schema-state.js';

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
          useFactory: () => ({
            ...dataSourceOptions(environment, entities),
            ...{ retryAttempts: 2, retryDelay: 1_000, toRetry: (error) => !(error instanceof SchemaOutdatedError) },
          }),
          dataSourceFactory: (options) => connect(options as DataSourceOptions, environment),
        }),
      ],
    };
  }
}

async function connect(options: DataSourceOptions, { isProduction }: Environment): Promise<DataSource> {
  const dataSource = await createDataSource(options).initialize();
  try {
    await requireSchema(dataSource, { mayMigrate: !isProduction });
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
