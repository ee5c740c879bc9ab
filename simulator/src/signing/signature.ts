import { constants, sign, verify } from 'node:crypto';

/** What a signature is about, in either direction. */
export interface Signable {
  /** The whole URL without its query. */
  readonly url: string;
  readonly appId: string;
  readonly timestamp: string;
  readonly body: string;
}

/** WeChat's RSAwithSHA256 is RSA-PSS with a salt of 32 bytes. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

export function signatureOf(signable: Signable, privateKey: string): string {
  return sign('sha256', bytesOf(signable), { key: privateKey, ...PSS }).toString('base64');
}

export function isSignatureOf(signable: Signable, signature: string, publicKey: string): boolean {
  return verify('sha256', bytesOf(signable), { key: publicKey, ...PSS }, Buffer.from(signature, 'base64'));
}

function bytesOf({ url, appId, timestamp, body }: Signable): Buffer {
  return Buffer.from([url, appId, timestamp, body].join('\n'));
}
