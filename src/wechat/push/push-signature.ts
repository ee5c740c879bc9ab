import { createHash, timingSafeEqual } from 'node:crypto';
import { PushRefused } from './push-refused.js';

const SIGNATURE = /^[0-9a-f]{40}$/; // one spelling only, so that one signature cannot pass for two
const TIMESTAMP = /^[1-9]\d{9}$/;
const NONCE_MAX = 64;
// WeChat repeats a push within seconds; the rest is for clocks that are not quite right.
const WINDOW_SECONDS = 5 * 60;

/** What of a request's query is signed. */
export interface SignedQuery {
  timestamp: string;
  nonce: string;
}

/**
 * Checks the form of what is signed, and that it was signed now.
 * @throws PushRefused
 */
export function readSignedQuery(query: { timestamp?: string; nonce?: string }, nowSeconds: number): SignedQuery {
  const { timestamp = '', nonce = '' } = query;
  if (!TIMESTAMP.test(timestamp) || !nonce || nonce.length > NONCE_MAX) throw new PushRefused('unsigned');
  if (Math.abs(nowSeconds - Number(timestamp)) > WINDOW_SECONDS) throw new PushRefused('timestamp outside the window');
  return { timestamp, nonce };
}

/**
 * Compares in constant time; returns the signature, which names this one delivery.
 * @throws PushRefused
 */
export function requireSignature(given: string | undefined, parts: string[]): string {
  if (given === undefined || !SIGNATURE.test(given)) throw new PushRefused('no signature');
  if (!timingSafeEqual(Buffer.from(given, 'hex'), signatureOf(parts))) throw new PushRefused('wrong signature');
  return given;
}

// sha1 is WeChat's choice.
function signatureOf(parts: string[]): Buffer {
  return createHash('sha1').update(parts.toSorted().join('')).digest();
}
