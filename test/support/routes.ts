import type { FastifyInstance } from 'fastify';
import { PAGE_ROUTES } from '../../src/app.web.js';
import type { TestApp } from './test-app.js';

export interface Route {
  method: string;
  path: string;
}

const LINE = /^(?<indent>[│ ]*)[├└]── (?<part>\S*)(?: \((?<methods>[^)]+)\))?/;
const INDENT = 4;

/** Every route that the running server knows, read from the router itself: none can be forgotten here. */
export function routesOf({ app }: TestApp): Route[] {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const parts: string[] = [];
  return fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const { indent = '', part = '', methods = '' } = LINE.exec(line)?.groups ?? {};
      if (!part) return [];
      parts.splice(indent.length / INDENT, parts.length, part);
      return methods.split(', ').flatMap((method) => (method ? [{ method, path: parts.join('') }] : []));
    });
}

// The router prints both wildcards of the page, `/admin/*` and `/assets/*`, as one.
const PAGES = [...PAGE_ROUTES, '/*'];

/** Is it an address of the web page, which is for everyone and not part of the API? */
export function isPage({ path }: Route): boolean {
  return PAGES.includes(path);
}
