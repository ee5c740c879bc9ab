import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What is encrypted together with the text, in the order in which it is written down. */
export interface Context {
  /** The whole URL without its query. */
  readonly url: string;
  readonly appId: string;
  readonly timestamp: string;
  readonly symmetricKeySn: string;
}

/** AES256_GCM, as in https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html */
export function sealText(text: string, symmetricKey: string, context: Context): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(symmetricKey, 'base64'), iv).setAAD(aadOf(context));
  const data = cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
  return JSON.stringify({ iv: iv.toString('base64'), data, authtag: cipher.getAuthTag().toString('base64') });
}

/** Throws when anything about the sealed text is not as it was. */
export function openText(sealed: string, symmetricKey: string, context: Context): string {
  const { iv, data, authtag } = JSON.parse(sealed) as Record<'iv' | 'data' | 'authtag', string>;
  const key = Buffer.from(symmetricKey, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(aadOf(context)).setAuthTag(Buffer.from(authtag, 'base64'));
  return decipher.update(data, 'base64', 'utf8') + decipher.final('utf8');
}

function aadOf({ url, appId, timestamp, symmetricKeySn }: Context): Buffer {
  return Buffer.from([url, appId, timestamp, symmetricKeySn].join('|'));
}
