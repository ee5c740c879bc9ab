import { createDecipheriv } from 'node:crypto';
import { OpenDataProblem } from './open-data-problem.js';
import { decodeBase64 } from './strict-base64.js';

/** What `wx.getUserInfo` and its like hand to the mini-program, and the key WeChat encrypted it with. */
export interface EncryptedOpenData {
  encryptedData: string;
  iv: string;
  sessionKey: string;
}

/** What the data must say about itself. */
export interface OpenDataExpectation {
  appId: string;
  openid: string;
  now: Date;
}

/** The decrypted object as WeChat wrote it. */
export interface OpenData extends Record<string, unknown> {
  openId?: unknown;
  unionId?: unknown;
  watermark: { appid: string; timestamp: number };
}

const BLOCK_BYTES = 16; // AES, whatever the key
const MAX_AGE_MS = 10 * 60 * 1000;
const CLOCK_SKEW_MS = 2 * 60 * 1000;

/**
 * Decrypts open data (AES-128-CBC, PKCS#7). Nothing signs it: whoever flips bits of the iv changes the first block, so
 * everything it says about itself is checked, and still a phone number in it is no proof.
 * @throws OpenDataProblem
 */
export function decryptOpenData(encrypted: EncryptedOpenData, expected: OpenDataExpectation): OpenData {
  const data = parseObject(decodeUtf8(decrypt(encrypted)));
  requireOwnWatermark(data, expected);
  if (data.openId !== undefined && data.openId !== expected.openid) throw new OpenDataProblem('another_user');
  return data;
}

function decrypt({ encryptedData, iv, sessionKey }: EncryptedOpenData): Buffer {
  const [data, start, key] = [encryptedData, iv, sessionKey].map(decodeBase64) as [Buffer, Buffer, Buffer];
  if (start.length !== BLOCK_BYTES || !data.length || data.length % BLOCK_BYTES)
    throw new OpenDataProblem('wrong_length');
  const decipher = createDecipheriv('aes-128-cbc', key, start);
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    throw new OpenDataProblem('wrong_padding');
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OpenDataProblem('not_utf8');
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Named below, without quoting the text: it is personal.
  }
  throw new OpenDataProblem('not_json');
}

function requireOwnWatermark(
  data: Record<string, unknown>,
  { appId, now }: OpenDataExpectation,
): asserts data is OpenData {
  const { appid, timestamp } = (data.watermark ?? {}) as Record<string, unknown>;
  if (typeof appid !== 'string' || typeof timestamp !== 'number') throw new OpenDataProblem('no_watermark');
  if (appid !== appId) throw new OpenDataProblem('another_app');
  const age = now.getTime() - timestamp * 1000;
  if (age > MAX_AGE_MS) throw new OpenDataProblem('too_old');
  if (age < -CLOCK_SKEW_MS) throw new OpenDataProblem('from_the_future');
}
