import { openText } from '../../signing/sealed-text.js';
import { isSignatureOf } from '../../signing/signature.js';
import type { App } from '../../world/apps.js';
import type { WechatCall } from '../endpoint.js';
import { WechatError } from '../errcodes.js';
import { sealFor, SIGNED_URL } from './signed-answer.js';

const FRESH_SECONDS = 300;

interface Keys {
  readonly symmetricKey: string;
  readonly symmetricKeySn: string;
  readonly publicKey: string;
}

/** What an endpoint reads its parameters from. */
export type Parameters = Pick<WechatCall, 'query' | 'body'>;

/** Gives the parameters as sent, or, for an app with API signing, those inside the encrypted body; then answers are too. */
export function openCall(call: WechatCall, app: App): Parameters {
  const isSigned = call.headers['wechatmp-signature'] !== undefined;
  if (!app.signing && !isSigned) return call;
  const keys = keysOf(app);
  const timestamp = verifiedTimestamp(call, app, keys);
  const parameters = decrypted(call, { app, keys, timestamp });
  call.seal = sealFor(call, app);
  return parameters;
}

function keysOf({ signing }: App): Keys {
  const { symmetricKey, symmetricKeySn, publicKey } = signing ?? {};
  if (!symmetricKey || !symmetricKeySn) throw new WechatError(40238);
  if (!publicKey) throw new WechatError(40239);
  return { symmetricKey, symmetricKeySn, publicKey };
}

function verifiedTimestamp({ world, headers, path, body }: WechatCall, app: App, keys: Keys): string {
  const appId = headers['wechatmp-appid'] ?? missing(40233);
  const timestamp = headers['wechatmp-timestamp'] ?? missing(40231);
  const signature = headers['wechatmp-signature'] ?? missing(40232);
  if (!world.apps.find(String(appId))) throw new WechatError(40236);
  if (appId !== app.id) throw new WechatError(40237);
  if (!isFresh(Number(timestamp), world.clock.now())) throw new WechatError(40240);
  const signable = { url: SIGNED_URL + path, appId, timestamp: String(timestamp), body };
  if (!isSignatureOf(signable, String(signature), keys.publicKey)) throw new WechatError(40234);
  return String(timestamp);
}

function missing(errcode: 40231 | 40232 | 40233): never {
  throw new WechatError(errcode);
}

function isFresh(timestamp: number, now: number): boolean {
  return Math.abs(Math.floor(now / 1000) - timestamp) <= FRESH_SECONDS;
}

/** Puts the decrypted parameters where an endpoint looks for them: in the query and in a JSON body alike. */
function decrypted(
  { path, query, body }: WechatCall,
  { app, keys, timestamp }: { app: App; keys: Keys; timestamp: string },
): Parameters {
  const { symmetricKey, symmetricKeySn } = keys;
  const context = { url: SIGNED_URL + path, appId: app.id, timestamp, symmetricKeySn };
  const { _appid, _timestamp, _n, ...fields } = parsed(() => openText(body, symmetricKey, context));
  if (_appid !== app.id || String(_timestamp) !== timestamp || !_n) throw new WechatError(40235);
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as [string, string]);
  return { query: new URLSearchParams([...query, ...texts]), body: JSON.stringify(fields) };
}

function parsed(open: () => string): Record<string, unknown> {
  try {
    return JSON.parse(open()) as Record<string, unknown>;
  } catch {
    throw new WechatError(40235);
  }
}
