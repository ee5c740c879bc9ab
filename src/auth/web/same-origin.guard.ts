import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ForbiddenError } from '../auth.errors.js';

/** A page of another site cannot send it: the browser would have to ask us first, and we never agree. */
export const WEB_HEADER = 'x-wx-login-web';

/** Lets in only what our own page sent, because the browser adds the cookie by itself, whoever asks. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.headers[WEB_HEADER] !== '1' || !isFromOurPage(request)) throw new ForbiddenError({ detail: DETAIL });
    return true;
  }
}

// Browsers tell Sec-Fetch-Site to https and loopback only; elsewhere, and by old ones, Origin is told with every POST.
function isFromOurPage({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin = '' } = headers;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const DETAIL = {
  zh: '此接口只供本站网页使用',
  en: 'Only the web page of this server may call this',
};
