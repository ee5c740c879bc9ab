import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the secret kept under the data folder, making it on the first start; only outside production. */
export function keptAppSecret(dataDir: string): string {
  const file = join(dataDir, 'app-secret');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeOnce(file, randomBytes(48).toString('base64url'));
  return readFileSync(file, 'utf8').trim();
}

function writeOnce(file: string, secret: string): void {
  try {
    writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process of ours was faster: its secret is the one to use.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Bytes an APP_SECRET needs: the size of the keys that are derived from it (HMAC-SHA256, AES-256). */
export const APP_SECRET_MIN_BYTES = 32;

/** True for a secret that is too short, an example, or plainly not random. */
export function isWeakSecret(secret: string): boolean {
  if (Buffer.byteLength(secret) < APP_SECRET_MIN_BYTES) return true;
  if (/change[-_ ]?me|example|secret|password|your[-_ ]/i.test(secret)) return true;
  return new Set(secret).size < 10;
}
