import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ServiceClient } from './service-client.entity.js';

const PREFIX = 'wxs1_'; // lets secret scanners and people recognise it; 1 is the format's version
const NOBODYS = Buffer.alloc(32);

export function newServiceSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** One SHA-256 is enough for 256 random bits. */
export function hashServiceSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Takes as long for a client that is not there, and says nothing about which secret it was. */
export function isSecretOf(client: ServiceClient | null, secret: string, now: Date): boolean {
  const given = hashServiceSecret(secret);
  const isCurrent = timingSafeEqual(given, client?.secretHash ?? NOBODYS);
  const isPrevious = timingSafeEqual(given, client?.previousSecretHash ?? NOBODYS);
  const isPreviousGood = (client?.previousSecretUntil ?? now) > now;
  return client !== null && client.disabledAt === null && (isCurrent || (isPrevious && isPreviousGood));
}
