import { createHmac, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** A secret as the receiver gets it: `whsec_` and base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** What is signed besides the body. */
export interface SignedHead {
  id: string;
  /** Seconds since 1970, of this attempt. */
  timestamp: number;
}

/**
 * The headers of the Standard Webhooks specification, with one signature for each secret: while a secret is being
 * replaced the receiver may check with either. https://github.com/standard-webhooks/standard-webhooks
 */
export function signatureHeaders({ id, timestamp }: SignedHead, body: string, secrets: string[]) {
  const signatures = secrets.map((secret) => `v1,${sign(`${id}.${timestamp}.${body}`, secret)}`);
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}

function sign(content: string, secret: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}
