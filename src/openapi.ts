import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { describeApi } from './app.docs.js';
import { AppModule } from './app.module.js';
import { nameRoutes } from './app.setup.js';
import { loadEnvironment } from './platform/config/load-environment.js';

// Prints the OpenAPI document. Preview mode makes no provider, so that no database is needed.
const environment = loadEnvironment({
  NODE_ENV: 'test',
  DATA_DIR: ':memory:',
  APP_SECRET: 'not-used-for-anything-here-at-all',
});
const app = await NestFactory.create(AppModule.forRoot(environment), new FastifyAdapter(), {
  preview: true,
  logger: false,
});
process.stdout.write(JSON.stringify(describeApi(nameRoutes(app)), null, 2));
