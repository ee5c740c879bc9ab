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

/** A Chinese mobile number that stays with the user in every run. */
export function phoneOf(user: string): string {
  const digits = createHash('sha256').update(`phone/${user}`).digest().readUInt32BE() % 100_000_000;
  return `+86138${String(digits).padStart(8, '0')}`;
}

/** The number by which getuserriskrank knows a user. */
export function riskIdOf(openid: string): number {
  return createHash('sha256').update(`risk/${openid}`).digest().readUInt32BE();
}

/** 32 letters and digits, as `wx.login` gives them. */
export function newLoginCode(): string {
  return `0${alphanumeric(31)}`;
}

/** 64 letters and digits, so that nobody takes it for a login code. */
export function newPhoneCode(): string {
  return alphanumeric(64);
}

/** What every access_token looks like; one that does not is malformed. */
export const ACCESS_TOKEN_PATTERN = /^\d{2,3}_[\w-]{100,509}$/;

/** 160 characters; WeChat asks for room for 512. */
export function newAccessToken(): string {
  return `98_${randomBytes(118).toString('base64url').slice(0, 157)}`;
}

/** 16 random bytes in base64. */
export function newSessionKey(): string {
  return randomBytes(16).toString('base64');
}

function alphanumeric(length: number): string {
  const text = randomBytes(length * 2)
    .toString('base64')
    .replace(/[+/=]/g, '');
  return text.slice(0, length);
}

function fixedId(...parts: string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `o${digest.slice(0, 27)}`;
}
