import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { WechatReplyMalformed } from '../transport/wechat-replies.js';

/** An encrypted request or answer: three times base64. */
export interface SealedBody {
  iv: string;
  data: string;
  authtag: string;
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with AES256_GCM as WeChat reads it. */
export function seal(text: string, key: KeyObject, aad: string): SealedBody {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(aad));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    data: data.toString('base64'),
    authtag: cipher.getAuthTag().toString('base64'),
  };
}

/** @throws WechatReplyMalformed when it was encrypted with another key, for another call, or was changed */
export function open({ iv, data, authtag }: SealedBody, key: KeyObject, aad: string): string {
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64'), options);
    decipher.setAAD(Buffer.from(aad)).setAuthTag(Buffer.from(authtag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    throw new WechatReplyMalformed('API signing: cannot be decrypted');
  }
}
