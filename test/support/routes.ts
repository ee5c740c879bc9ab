import type { FastifyInstance } from 'fastify';
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
