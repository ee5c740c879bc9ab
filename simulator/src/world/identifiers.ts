import { createHash, randomBytes } from 'node:crypto';

/** What an openid and a unionid look like in practice: 28 characters, upper and lower case apart. */
export const ID_PATTERN = /^[\w-]{28}$/;

/** The same for the same user and app in every run, so that a database filled yesterday still knows its users. */
export function openidOf(user: string, appId: string): string {
  return fixedId('openid', user, appId);
}

/** The same for one user in all apps of one Open Platform account. */
export function unionidOf(user: string, openPlatform: string): string {
  return fixedId('unionid', user, openPlatform);
}

/** 32 letters and digits, as `wx.login` gives them. */
export function newLoginCode(): string {
  const alphanumeric = randomBytes(48).toString('base64').replace(/[+/]/g, '');
  return `0${alphanumeric.slice(0, 31)}`;
}

/** 16 random bytes in base64. */
export function newSessionKey(): string {
  return randomBytes(16).toString('base64');
}

function fixedId(...parts: string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `o${digest.slice(0, 27)}`;
}
