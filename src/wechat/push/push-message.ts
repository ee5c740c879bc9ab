import { createHash } from 'node:crypto';
import type { PushFields } from './push-fields.js';

/** One verified push, with what this server can act on. */
export interface PushMessage {
  appId: string;
  /** In lower case; null for what is not an event, such as a customer's message. */
  event: string | null;
  /** Whom it is about. Never FromUserName, which WeChat says is not the subject. */
  openid: string | null;
  /** The codes of `user_authorization_revoke`. */
  revoked: number[];
  /** Equal for every delivery of one message. */
  identity: Buffer;
  /** Of this one signed request. */
  delivery: Buffer;
}

const EVENT = /^[\w.-]{1,64}$/;
const OPENID = /^[\w-]{1,64}$/;
const REVOKED_MAX = 64;

/** Picks out of a message's fields what is known, leniently where WeChat's spelling is not certain. */
export function readMessage(
  fields: PushFields,
  { appId, text, signature }: { appId: string; text: string; signature: string },
): PushMessage {
  const event = scalar(fields, 'event').toLowerCase();
  const openid = scalar(fields, 'openid');
  return {
    appId,
    event: EVENT.test(event) ? event : null,
    openid: OPENID.test(openid) ? openid : null,
    revoked: codesOf(fields.get('revokeinfo')),
    identity: digest(appId, ...identify(fields, text)),
    delivery: digest(appId, signature),
  };
}

// MsgId alone will not do: as a JSON number it is beyond 2^53. Two things revoked in one second are two messages.
function identify(fields: PushFields, text: string): string[] {
  const [messageId, createdAt] = [scalar(fields, 'msgid'), scalar(fields, 'createtime')];
  if (!messageId && !createdAt) return [text];
  const [openid, event] = [scalar(fields, 'openid'), scalar(fields, 'event')];
  return [messageId, createdAt, openid, event, codesOf(fields.get('revokeinfo')).join()];
}

function scalar(fields: PushFields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

// A number, "8", "6,8", a list of either, or what XML makes of a list.
function codesOf(revokeInfo: unknown): number[] {
  const numbers = JSON.stringify(revokeInfo ?? '').match(/\d{1,4}/g) ?? [];
  return [...new Set(numbers.map(Number))].toSorted((a, b) => a - b).slice(0, REVOKED_MAX);
}

function digest(...parts: string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
