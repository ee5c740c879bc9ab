import type { IncomingHttpHeaders } from 'node:http';
import type { Lane } from './arrow.js';
import { masked, withoutSecrets } from './masks.js';
import type { Phone, Phones } from './phones.js';
import { parsed, type Upstream, type UpstreamAnswer, type UpstreamRequest } from './upstream.js';
import type { WechatLog } from './wechat-log.js';

const REFRESH = '/api/v1/auth/refresh';
const LOOK_EVERY_MS = 150;

/** One request to the wx-login server and its answer, told to the page as they pass. */
export class Exchanges {
  constructor(
    private readonly upstream: Upstream,
    private readonly wechatLog: WechatLog,
    private readonly phones: Phones,
  ) {}

  /** @returns nothing where the answer got lost on the way, as the page asked for */
  async pass(request: UpstreamRequest, phone: Phone, by: Lane = 'phone'): Promise<UpstreamAnswer | undefined> {
    const about = `${request.method} ${request.path.split('?')[0]}`;
    const sent = withSpoiltToken(request, phone);
    this.rememberCodes(request, phone);
    if (by === 'phone') phone.accessToken = bearerOf(request.headers) ?? phone.accessToken;
    const question = { from: by, to: 'server', kind: 'request', about } as const;
    phone.audience.tell({ ...question, details: detailsOf(sent) });
    const answer = await this.whileWatching(phone, () => this.upstream.send(sent));
    const isLost = by === 'phone' && request.path === REFRESH && answer.status === 200 && takeDrop(phone);
    if (!isLost && by === 'phone') rememberTokens(answer, phone);
    phone.audience.tell({
      from: 'server',
      to: by,
      kind: isLost ? 'lost' : 'answer',
      about,
      status: answer.status,
      ...codeOf(answer),
      details: answerDetails(answer),
    });
    return isLost ? undefined : answer;
  }

  /** Reads what the simulator has written down meanwhile, so that those arrows stand before the answer. */
  private async whileWatching<T>(phone: Phone, work: () => Promise<T>): Promise<T> {
    await this.wechatLog.read();
    phone.inFlight++;
    const looking = setInterval(() => void this.wechatLog.read(), LOOK_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(looking);
      await this.wechatLog.read();
      phone.inFlight--;
      await this.wechatLog.settle();
    }
  }

  private rememberCodes({ body }: UpstreamRequest, phone: Phone): void {
    const fields = parsed(body);
    if (typeof fields !== 'object' || fields === null) return;
    for (const [name, value] of Object.entries(fields)) {
      if (/code$/i.test(name) && typeof value === 'string') this.phones.rememberCode(value, phone);
    }
  }
}

function takeDrop(phone: Phone): boolean {
  const drops = phone.dropsNextRefresh;
  phone.dropsNextRefresh = false;
  return drops;
}

/** The signature's first character becomes another one: to the server the token is a forgery from then on. */
function withSpoiltToken(request: UpstreamRequest, { spoilt }: Phone): UpstreamRequest {
  const token = bearerOf(request.headers);
  if (!token || !spoilt.has(token)) return request;
  const [header, claims, signature = ''] = token.split('.');
  const other = signature.startsWith('A') ? 'B' : 'A';
  const authorization = `Bearer ${header}.${claims}.${other}${signature.slice(1)}`;
  return { ...request, headers: { ...request.headers, authorization } };
}

function rememberTokens({ status, body }: UpstreamAnswer, phone: Phone): void {
  const tokens = parsed(body) as { accessToken?: unknown; refreshToken?: unknown } | undefined;
  if (status >= 300 || typeof tokens?.accessToken !== 'string' || typeof tokens.refreshToken !== 'string') return;
  phone.accessToken = tokens.accessToken;
  phone.refreshToken = tokens.refreshToken;
}

function bearerOf({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  return /^Bearer (\S+)$/.exec(authorization)?.[1];
}

function detailsOf({ method, path, headers, body }: UpstreamRequest): Record<string, unknown> {
  const token = bearerOf(headers);
  return {
    request: `${method} ${path}`,
    ...(token && { authorization: `Bearer ${masked(token)}` }),
    ...(body.length > 0 && { body: withoutSecrets(parsed(body)) }),
  };
}

function answerDetails({ status, headers, body }: UpstreamAnswer): Record<string, unknown> {
  const retryAfter = headers['retry-after'];
  return {
    status,
    ...(retryAfter && { 'retry-after': retryAfter }),
    ...(body.length > 0 && { body: withoutSecrets(parsed(body)) }),
  };
}

function codeOf({ status, body }: UpstreamAnswer): { code?: string } {
  const problem = status >= 400 ? (parsed(body) as { code?: unknown } | undefined) : undefined;
  return typeof problem?.code === 'string' ? { code: problem.code } : {};
}
