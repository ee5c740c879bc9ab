import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

interface RawBodyConfig {
  takesRawBody?: boolean;
}

/** Gives a route its body as text, whatever Content-Type was said, with the size limit of every route. */
export const RawBody = () => RouteConfig({ takesRawBody: true } satisfies RawBodyConfig);

export function wantsRawBody({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as RawBodyConfig | undefined)?.takesRawBody === true;
}
