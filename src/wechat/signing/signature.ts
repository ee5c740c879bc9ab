import { constants, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';

/** What a signature is about, in either direction. */
export interface SignedText {
  /** The full URL without its query. */
  url: string;
  appId: string;
  timestamp: number;
  /** Byte for byte as sent. */
  body: string;
}

// "RSAwithSHA256" is RSA-PSS here, with a salt as long as the hash.
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** Signs a request; base64. */
export function sign(text: SignedText, key: KeyObject): string {
  return signBytes('sha256', bytesOf(text), { key, ...PSS }).toString('base64');
}

/** Whether WeChat signed this answer. */
export function verify(text: SignedText, signature: string, key: KeyObject): boolean {
  return verifyBytes('sha256', bytesOf(text), { key, ...PSS }, Buffer.from(signature, 'base64'));
}

function bytesOf({ url, appId, timestamp, body }: SignedText): Buffer {
  return Buffer.from([url, appId, timestamp, body].join('\n'));
}
