import { createCipheriv, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** AES-256-CBC over 16 random bytes, the length, the message and the app's id, padded to 32 bytes. */
export function encryptedMessage(message: string, encodingAesKey: string, appId: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = padded(Buffer.concat([randomBytes(16), length, text, Buffer.from(appId)]));
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

function padded(bytes: Buffer): Buffer {
  const missing = BLOCK - (bytes.length % BLOCK);
  return Buffer.concat([bytes, Buffer.alloc(missing, missing)]);
}
