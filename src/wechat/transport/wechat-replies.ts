/** An answer as it came, before anything in it is trusted. */
export interface WechatAnswer {
  status: number;
  body: string;
  header(name: string): string | undefined;
}

/** The JSON object of a success. */
export type WechatReply = Record<string, unknown>;

/** WeChat answered with an errcode. Carries only what may be logged. */
export class WechatErrcode extends Error {
  constructor(
    readonly errcode: number,
    /** WeChat's trace id, to be quoted to its support within seven days. */
    readonly rid: string | undefined,
    /** The address to put on the IP whitelist, from 40164. */
    readonly serverAddress: string | undefined,
  ) {
    super(`WeChat answered errcode ${errcode}${rid ? `, rid ${rid}` : ''}`);
    this.name = 'WechatErrcode';
  }
}

/** The answer is not one of WeChat's: HTML of a gateway, nothing, cut off, or without the fields that must be there. */
export class WechatReplyMalformed extends Error {
  constructor(
    readonly reason: string,
    readonly status?: number,
  ) {
    super(`WeChat's answer cannot be used: ${reason}`);
    this.name = 'WechatReplyMalformed';
  }
}

/**
 * Reads a reply of any endpoint. WeChat says `text/plain` for JSON and 200 for errors, so neither is trusted.
 * @throws WechatErrcode, WechatReplyMalformed
 */
export function readReply({ status, body }: WechatAnswer): WechatReply {
  if (status < 200 || status > 299) throw new WechatReplyMalformed(`HTTP ${status}`, status);
  const reply = parseObject(body);
  const errcode = Number(reply.errcode ?? 0); // sometimes a string
  if (errcode !== 0) throw errcodeOf(errcode, String(reply.errmsg ?? ''));
  return reply;
}

function parseObject(body: string): WechatReply {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as WechatReply;
  } catch {
    // Named below, without quoting the body: it may hold a session_key.
  }
  throw new WechatReplyMalformed(body.trim() ? 'not a JSON object' : 'empty');
}

function errcodeOf(errcode: number, errmsg: string): WechatErrcode {
  const rid = /(?:rid|req_id):\s*([\w-]{6,64})/.exec(errmsg)?.[1];
  const serverAddress = errcode === 40164 ? /invalid ip ([\d.a-fA-F:]+)/.exec(errmsg)?.[1] : undefined;
  return new WechatErrcode(Number.isFinite(errcode) ? errcode : -1, rid, serverAddress);
}
