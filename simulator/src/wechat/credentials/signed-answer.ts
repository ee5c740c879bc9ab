import { randomBytes } from 'node:crypto';
import type { Answer } from '../../http/answer.js';
import { sealText } from '../../signing/sealed-text.js';
import { signatureOf, type Signable } from '../../signing/signature.js';
import type { App } from '../../world/apps.js';
import type { Seal, WechatCall, WechatReply } from '../endpoint.js';

/** Signed as it is, whatever address the simulator has. */
export const SIGNED_URL = 'https://api.weixin.qq.com';

/** How answers to the call leave: encrypted with the app's key and signed with WeChat's. */
export function sealFor({ world, path }: WechatCall, app: App): Seal {
  return (reply) => sealed(reply, { app, path, seconds: Math.floor(world.clock.now() / 1000) });
}

function sealed(reply: WechatReply, { app, path, seconds }: { app: App; path: string; seconds: number }): Answer {
  const { symmetricKey = '', symmetricKeySn = '' } = app.signing ?? {};
  const context = { url: SIGNED_URL + path, appId: app.id, timestamp: String(seconds) };
  const content = { ...reply, _n: randomBytes(16).toString('base64'), _appid: app.id, _timestamp: seconds };
  const body = sealText(JSON.stringify(content), symmetricKey, { ...context, symmetricKeySn });
  const headers = { 'content-type': 'text/plain', ...signatureHeaders(app, { ...context, body }) };
  return { status: 200, headers, body };
}

/** The key before the current one signs as well, while it is being replaced. */
function signatureHeaders({ signing }: App, signable: Signable): Record<string, string> {
  const headers: Record<string, string> = {
    'Wechatmp-Appid': signable.appId,
    'Wechatmp-TimeStamp': signable.timestamp,
  };
  for (const [index, { serial, privateKey }] of (signing?.platformKeys ?? []).entries()) {
    const suffix = index === 0 ? '' : '-Deprecated';
    headers[`Wechatmp-Serial${suffix}`] = serial;
    headers[`Wechatmp-Signature${suffix}`] = signatureOf(signable, privateKey);
  }
  return headers;
}
