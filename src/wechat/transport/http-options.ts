import type { HttpModuleOptions } from '@nestjs/axios';
import { connectionAgents } from './connections.js';

const REPLY_MAX_BYTES = 256 * 1024;

/** How axios has to behave so that bytes go out and come in as they are, and nobody is followed or proxied. */
export function httpOptions(): HttpModuleOptions {
  return {
    ...connectionAgents(),
    responseType: 'text',
    transformRequest: (body: string) => body, // it may be signed
    transformResponse: (body: string) => body, // read as text first: WeChat's content types cannot be trusted
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: REPLY_MAX_BYTES,
    proxy: false,
  };
}
