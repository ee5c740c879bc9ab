import { letsWorkHappen, type Fault } from '../faults/fault.js';
import type { WechatCall, WechatEndpoint, WechatReply } from './endpoint.js';
import { errorReply, WechatError } from './errcodes.js';

/** Gives WeChat's reply under the fault; undefined when the fault keeps the call from reaching WeChat. */
export function replyTo(call: WechatCall, endpoint: WechatEndpoint, fault?: Fault): WechatReply | undefined {
  const reply = !fault || letsWorkHappen(fault) ? work(call, endpoint) : undefined;
  if (fault?.effect?.kind !== 'errcode') return reply;
  return errorReply(fault.effect.errcode, call.world.clock.now());
}

function work(call: WechatCall, endpoint: WechatEndpoint): WechatReply {
  try {
    if (call.method !== endpoint.method) throw new WechatError(endpoint.method === 'GET' ? 43001 : 43002);
    return endpoint.answer(call);
  } catch (error) {
    if (error instanceof WechatError) return errorReply(error.errcode, call.world.clock.now());
    throw error;
  }
}
