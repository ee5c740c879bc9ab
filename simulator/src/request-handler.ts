import type { RequestListener } from 'node:http';
import { ControlDoor } from './control/control-door.js';
import { WechatDoor } from './wechat/wechat-door.js';
import type { World } from './world/world.js';
import { exchangeOf } from './http/exchange.js';

/** Sends each request through one of two doors: the console and /__sim, or WeChat's paths. */
export function requestHandler(world: World, host: string): RequestListener {
  const control = new ControlDoor(world, host);
  const wechat = new WechatDoor(world);
  return (request, response) => {
    const exchange = exchangeOf(request, response);
    const isControl = exchange.path === '/' || exchange.path.startsWith('/__sim');
    void (isControl ? control : wechat).handle(exchange);
  };
}
