import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** What the phone hands to the mini-program: data that only the holder of the session_key can read or vouch for. */
export interface EncryptedData {
  readonly encryptedData: string;
  readonly iv: string;
  readonly rawData: string;
  readonly signature: string;
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
export function encryptedDataOf(sessionKey: string, { secret, raw }: { secret: object; raw: object }): EncryptedData {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv);
  const encryptedData = cipher.update(JSON.stringify(secret), 'utf8', 'base64') + cipher.final('base64');
  const rawData = JSON.stringify(raw);
  const signature = createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex');
  return { encryptedData, iv: iv.toString('base64'), rawData, signature };
}
