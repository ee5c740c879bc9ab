import { DEFAULT_APP } from '../src/simulator.js';
import { control, request } from './simulated.js';

type Json = Record<string, unknown>;

export const SHOP = { id: 'wx00000000000000aa', secret: 'shop-secret', openPlatform: 'mall' };
export const CINEMA = { id: 'wx00000000000000bb', secret: 'cinema-secret', openPlatform: 'mall' };

interface Credentials {
  id: string;
  secret: string;
}

interface Token {
  access_token: string;
  expires_in: number;
}

/** The JSON of WeChat's answer to a GET. */
export async function get<Answer = Json>(path: string, query: Record<string, string>): Promise<Answer> {
  return JSON.parse((await request(`${path}?${new URLSearchParams(query)}`)).text) as Answer;
}

/** The JSON of WeChat's answer to a POST; a body that is text is sent as it is. */
export async function post<Answer = Json>(
  path: string,
  query: Record<string, string>,
  body?: unknown,
): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const { text: answer } = await request(`${path}?${new URLSearchParams(query)}`, { method: 'POST', body: text });
  return JSON.parse(answer) as Answer;
}

export function stableToken({ id, secret }: Credentials = DEFAULT_APP, more: Json = {}): Promise<Token & Json> {
  return post('/cgi-bin/stable_token', {}, { grant_type: 'client_credential', appid: id, secret, ...more });
}

export function classicToken({ id, secret }: Credentials = DEFAULT_APP): Promise<Token & Json> {
  return get('/cgi-bin/token', { grant_type: 'client_credential', appid: id, secret });
}

export async function tokenOf(app: Credentials = DEFAULT_APP): Promise<string> {
  return (await stableToken(app)).access_token;
}

/** What an endpoint that wants an access_token says to this one: 0 when it is good. */
export async function errcodeFor(access_token: string): Promise<unknown> {
  const { errcode } = await get('/wxa/checksession', { access_token, openid: 'nobody' });
  return errcode === 40003 ? 0 : errcode;
}

export async function phoneCodeFor(user: string, more: Json = {}): Promise<string> {
  const { code } = await control<{ code: string }>('POST', '/__sim/phone-codes', { user, ...more });
  return code;
}
