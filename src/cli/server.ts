import type { Type } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { APP_OPTIONS, createAdapter } from '../app.setup.js';
import type { Environment } from '../platform/config/environment.js';
import { loadEnvironment } from '../platform/config/load-environment.js';

/** The server in this process, without its port. */
export interface OpenedServer {
  /** Makes an object out of the server's services. */
  make<T>(type: Type<T>): Promise<T>;
  close(): Promise<void>;
}

interface InitHooks {
  callInitHook(): Promise<void>;
}

/**
 * Starts the server as far as its services work: connections, keys, followers of the audit trail. Its port stays
 * closed, and its workers, which begin when an application has bootstrapped, stay asleep.
 */
export async function openServer(environment = quieter(loadEnvironment())): Promise<OpenedServer> {
  const options = { ...APP_OPTIONS, logger: false as const };
  const root = AppModule.forRoot(environment, 'cli');
  const app = await NestFactory.create(root, createAdapter(environment), options);
  await (app as unknown as InitHooks).callInitHook();
  const services = app.select(root).get(ModuleRef, { strict: true });
  return { make: (type) => services.create(type), close: () => app.close() };
}

const NOTEWORTHY = ['warn', 'error', 'fatal', 'silent'];

// Whoever runs a command wants to read its result, and what went wrong.
function quieter(environment: Environment): Environment {
  const { LOG_LEVEL: level } = environment;
  return NOTEWORTHY.includes(level) ? environment : { ...environment, LOG_LEVEL: 'warn' };
}
