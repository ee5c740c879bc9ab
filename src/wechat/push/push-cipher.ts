import { createDecipheriv } from 'node:crypto';
import { PushRefused } from './push-refused.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const PADDING_BLOCK_BYTES = 32; // WeChat pads to 32 although an AES block has 16
const IV_BYTES = 16;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * Opens the `Encrypt` of a push, whose signature must have been checked before: random(16), length(4, big-endian),
 * message, app id, padded as PKCS#7 with blocks of 32 (wechat.md 1.20).
 * @throws PushRefused
 */
export function decryptPush(encrypt: string, key: Buffer, appId: string): string {
  const plaintext = unpad(decrypt(encrypt, key));
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (plaintext.length < start) throw new PushRefused('layout');
  const end = start + plaintext.readUInt32BE(RANDOM_BYTES);
  if (end > plaintext.length) throw new PushRefused('layout');
  if (plaintext.toString('utf8', end) !== appId) throw new PushRefused('another app id inside');
  return readText(plaintext.subarray(start, end));
}

function decrypt(encrypt: string, key: Buffer): Buffer {
  if (!BASE64.test(encrypt)) throw new PushRefused('not base64');
  const ciphertext = Buffer.from(encrypt, 'base64');
  if (ciphertext.length === 0 || ciphertext.length % PADDING_BLOCK_BYTES) throw new PushRefused('cut off');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES)).setAutoPadding(false);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

function unpad(padded: Buffer): Buffer {
  const padding = padded.at(-1) ?? 0;
  const isPadding = padding >= 1 && padding <= PADDING_BLOCK_BYTES;
  if (!isPadding || padded.subarray(-padding).some((byte) => byte !== padding)) throw new PushRefused('padding');
  return padded.subarray(0, -padding);
}

function readText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PushRefused('not UTF-8');
  }
}
