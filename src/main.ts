import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { APP_OPTIONS, configureApp, createAdapter } from './app.setup.js';
import { loadEnvironment } from './platform/config/load-environment.js';
import { LOGGER, NestLogger } from './platform/observability/logger.js';
import { explainStartFailure } from './platform/observability/start-failure.js';

try {
  const environment = loadEnvironment();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment),
    createAdapter(environment),
    APP_OPTIONS,
  );
  app.useLogger(new NestLogger(app.get(LOGGER)));
  app.flushLogs();
  await configureApp(app, environment);
  await app.listen(environment.PORT, environment.HOST);
} catch (error) {
  explainStartFailure(error);
}
