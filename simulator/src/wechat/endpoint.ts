import type { App } from '../world/apps.js';
import type { World } from '../world/world.js';

/** A request as WeChat's own code sees it; the body is the text as sent, empty on a GET. */
export interface WechatCall {
  readonly world: World;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** Set once the caller has shown whose server it is. */
  app?: App;
}

/** The JSON that WeChat answers with; without an errcode, or with 0, it is a success. */
export type WechatReply = Readonly<Record<string, unknown>>;

/** One of WeChat's paths; `answer` throws a WechatError for an errcode. */
export interface WechatEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  answer(call: WechatCall): WechatReply;
}
