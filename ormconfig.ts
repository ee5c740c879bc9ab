// For TypeORM's command line only: `npm run typeorm -- migration:show`. The server makes its own DataSource.
import 'reflect-metadata';
import { entities } from './src/entities.js';
import { loadEnvironment } from './src/platform/config/load-environment.js';
import { createDataSource, dataSourceOptions } from './src/platform/database/data-source.js';

export default createDataSource(dataSourceOptions(loadEnvironment(), entities));
