import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { labelOf, type Fault } from '../faults/fault.js';
import { inflict } from '../faults/inflict.js';
import { json, send, sendError, type Answer } from '../http/answer.js';
import { readBody } from '../http/body.js';
import type { Exchange } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import { readableBody, type Call } from '../world/call-log.js';
import type { World } from '../world/world.js';
import type { WechatCall, WechatReply } from './endpoint.js';
import { findEndpoint } from './endpoints.js';
import { replyTo } from './reply.js';

/** The side that the server under test talks to: every request is written down and may meet a fault. */
export class WechatDoor {
  constructor(private readonly world: World) {}

  async handle(exchange: Exchange): Promise<void> {
    const { method, path, query, response } = exchange;
    const fault = findEndpoint(path) && this.world.faults.take(path);
    const call = this.world.calls.add({ method, path, query, ...(fault && { fault: labelOf(fault) }) });
    await this.respond(exchange, call, fault).catch((error: unknown) => sendError(response, error));
    call.status = response.headersSent ? response.statusCode : null;
  }

  private async respond(
    { method, path, query, request, response }: Exchange,
    call: Call,
    fault?: Fault,
  ): Promise<void> {
    const endpoint = findEndpoint(path);
    if (!endpoint) throw new Refusal(404, `the simulator has no ${path}`);
    const body = await readBody(request);
    call.body = readableBody(body);
    if (fault?.delayMs) await sleep(fault.delayMs);
    const asked: WechatCall = { world: this.world, method, path, query, body };
    const reply = replyTo(asked, endpoint, fault);
    call.appId = asked.app?.id;
    call.errcode = reply ? Number(reply.errcode ?? 0) : null;
    deliver(response, reply, fault);
  }
}

function deliver(response: ServerResponse, reply: WechatReply | undefined, fault: Fault | undefined): void {
  const answer = asWechatSendsIt(reply);
  if (fault?.effect) inflict(fault.effect, response, answer);
  else send(response, answer);
}

/** WeChat calls its JSON text/plain. */
function asWechatSendsIt(reply: WechatReply | undefined): Answer {
  return { ...json(200, reply), headers: { 'content-type': 'text/plain' } };
}

/** A wait that does not keep the process alive once the simulator is closed. */
async function sleep(milliseconds: number): Promise<void> {
  await setTimeout(milliseconds, undefined, { ref: false });
}
