import { type INestApplication, VersioningType } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Environment } from './platform/config/environment.js';
import { clientErrors, frameworkErrors } from './platform/errors/framework-errors.js';
import { answerUnknownRoutes } from './platform/errors/unknown-routes.js';
import { LOGGER } from './platform/observability/logger.js';
import { identifyRequest, nameRequests } from './platform/observability/request-id.js';
import { logRequests } from './platform/observability/request-log.js';
import { acceptJsonOnly } from './platform/validation/json-bodies.js';
import { createValidationPipe } from './platform/validation/validation.pipe.js';
import { serveDocs } from './app.docs.js';
import { serveWeb } from './app.web.js';

/** Options of `NestFactory.create`: bodies are read by acceptJsonOnly, and a failing start is explained by main.ts alone. */
export const APP_OPTIONS = { bodyParser: false, bufferLogs: true, autoFlushLogs: false, abortOnError: false };

export const BODY_LIMIT_BYTES = 64 * 1024;
export const REQUEST_TIMEOUT_MS = 30_000; // for a client to send its whole request
const API_PREFIX = 'api';
const OUTSIDE_API = ['ping', 'health', 'health/live', 'health/ready', '.well-known/jwks.json'];

/** The HTTP server under Nest, with what has to be known before it exists. */
export function createAdapter(environment: Environment): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: environment.TRUSTED_PROXIES.length ? environment.TRUSTED_PROXIES : false,
    genReqId: identifyRequest,
    frameworkErrors,
    clientErrorHandler: clientErrors,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100 },
  });
}

/** Everything that tests and the real server do alike to an application before it listens. */
export async function configureApp(
  app: NestFastifyApplication,
  environment: Environment,
): Promise<NestFastifyApplication> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  nameRequests(fastify);
  logRequests(fastify, app.get(LOGGER));
  acceptJsonOnly(fastify);
  neverStore(fastify);
  letConnectionsGo(fastify);
  await app.register(helmet as never, { contentSecurityPolicy: CONTENT_SECURITY_POLICY });
  answerUnknownRoutes(fastify);
  await serveWeb(app, environment);
  nameRoutes(app);
  app.useGlobalPipes(createValidationPipe());
  app.enableShutdownHooks([], { useProcessExit: true }); // a clean end has exit code 0
  if (!environment.isProduction) serveDocs(app as INestApplication);
  return app;
}

/** Puts the features under /api/v1, and leaves health and keys at the root. */
export function nameRoutes(app: INestApplication): INestApplication {
  app.setGlobalPrefix(API_PREFIX, { exclude: OUTSIDE_API });
  return app.enableVersioning({ type: VersioningType.URI });
}

// Swagger UI needs its inline styles and data: images. Without upgradeInsecureRequests it also works over plain HTTP.
const CONTENT_SECURITY_POLICY = {
  directives: { imgSrc: ["'self'", 'data:'], styleSrc: ["'self'", "'unsafe-inline'"], upgradeInsecureRequests: null },
};

// Answers are about one person at one moment; a route that may be cached says so itself.
function neverStore(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done();
  });
}

// Without it a request that is answered during shutdown keeps its connection, and the process, for another minute.
function letConnectionsGo(fastify: FastifyInstance): void {
  let isStopping = false;
  fastify.addHook('preClose', (done) => {
    isStopping = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping) void reply.header('connection', 'close');
    done();
  });
}
