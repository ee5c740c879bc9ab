import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from './platform/config/environment.js';

/** The addresses of the web page; every other address that is not the API's is unknown, as ever. */
export const PAGE_ROUTES = ['/', '/login', '/register', '/devices', '/account', '/admin/*'];

const NONCE = /__CSP_NONCE__/g;
const NONCE_BYTES = 18;
const A_YEAR = 'public, max-age=31536000, immutable';

/** Serves the web page of WEB_DIR at `/`, where it has been built. */
export async function serveWeb(app: NestFastifyApplication, environment: Environment): Promise<void> {
  const folder = resolve(environment.WEB_DIR);
  if (!environment.WEB_DIR || !existsSync(join(folder, 'index.html'))) return;
  const page = readPage(folder, environment);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  for (const route of PAGE_ROUTES) fastify.get(route, (_request, reply) => sendPage(page, reply));
  await app.register(fastifyStatic as never, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply: FastifyReply) => void reply.header('cache-control', A_YEAR),
  });
}

function readPage(folder: string, { PASSWORD_MIN_LENGTH }: Environment): string {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  return page.replace('__PASSWORD_MIN_LENGTH__', String(PASSWORD_MIN_LENGTH));
}

// Without an ETag: a page that is kept would go with the nonce of another answer. And our own requests name their origin,
// by which browsers that know no Sec-Fetch-Site are told from other sites.
function sendPage(page: string, reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  return reply
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('referrer-policy', 'same-origin')
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.replace(NONCE, nonce));
}

// Our scripts and styles, and what they load; pictures also from elsewhere, because avatars are.
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}
