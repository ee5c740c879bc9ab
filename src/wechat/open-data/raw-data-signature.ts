import { createHash, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^[0-9a-f]{40}$/; // SHA-1 in hex

/** Whether a text has the form of a signature at all. */
export function isSignature(text: string): boolean {
  return SIGNATURE.test(text);
}

/**
 * Whether WeChat gave this text to a mini-program of this user.
 * @param rawData exactly as `wx.getUserInfo` gave it: JSON that was parsed and written again has another signature
 * @param sessionKey the text as received, not the bytes it encodes
 */
export function isRawDataSigned(rawData: string, signature: string, sessionKey: string): boolean {
  if (!isSignature(signature)) return false;
  const expected = createHash('sha1')
    .update(rawData + sessionKey)
    .digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
