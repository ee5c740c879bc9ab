import type { App } from '../../world/apps.js';
import { ACCESS_TOKEN_PATTERN } from '../../world/identifiers.js';
import type { World } from '../../world/world.js';
import type { WechatCall, WechatEndpoint, WechatReply } from '../endpoint.js';
import { WechatError } from '../errcodes.js';
import { admit } from './admit.js';

/** A call whose access_token is good, and the app that it belongs to. */
export interface AppCall extends WechatCall {
  readonly app: App;
}

interface TokenEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  answer(call: AppCall): WechatReply;
}

/** An endpoint that asks for an access_token before anything else. */
export function tokenEndpoint({ method, path, answer }: TokenEndpoint): WechatEndpoint {
  return {
    method,
    path,
    answer: (call) => answer({ ...call, app: admit(call, appOfToken(call.world, call.query.get('access_token'))) }),
  };
}

function appOfToken({ accessTokens, apps, clock }: World, text: string | null): App {
  if (!text) throw new WechatError(41001);
  if (!ACCESS_TOKEN_PATTERN.test(text)) throw new WechatError(40014);
  const token = accessTokens.find(text);
  const app = token && apps.find(token.appId);
  if (!app) throw new WechatError(40001);
  if (token.endsAt < token.expiresAt && clock.now() >= token.endsAt) throw new WechatError(40001);
  if (clock.now() >= token.expiresAt) throw new WechatError(42001);
  return app;
}
