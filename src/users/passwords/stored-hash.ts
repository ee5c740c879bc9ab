import { createHash } from 'node:crypto';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/**
 * How other systems turned a password into what they stored; bcrypt was computed over it, there or when it came here.
 * The names stand in stored hashes and are never renamed.
 */
const FOREIGN = {
  bcrypt: (password: string) => password,
  md5,
  md5_password_salt: (password: string, salt: string) => md5(password + salt),
  md5_salt_password: (password: string, salt: string) => md5(salt + password),
  md5_md5_salt: (password: string, salt: string) => md5(md5(password) + salt),
  md5_salt_md5: (password: string, salt: string) => md5(salt + md5(password)),
} as const;

/** A way in which another system hashed passwords. */
export type ForeignKind = keyof typeof FOREIGN;

export const FOREIGN_KINDS = Object.keys(FOREIGN) as ForeignKind[];

/** A hash of another system, before or after bcrypt was computed over it. */
export interface ForeignHash {
  kind: ForeignKind;
  salt: string;
  hash: string;
}

/** What stands in `password_hash`, taken apart. */
export interface StoredHash {
  bcrypt: string;
  /** What bcrypt is computed over; null when the hash is our own. */
  digest: ((password: string) => string) | null;
}

/** A hash of our own is bcrypt's text alone, one that came from elsewhere `kind:salt:bcrypt`. */
export function writeForeignHash({ kind, salt, hash }: ForeignHash): string {
  return `${kind}:${Buffer.from(salt).toString('base64url')}:${hash}`;
}

export function readStoredHash(stored: string): StoredHash {
  const [kind = '', encoded = '', bcrypt = ''] = stored.split(':');
  if (!isForeignKind(kind)) return { bcrypt: stored, digest: null };
  const salt = Buffer.from(encoded, 'base64url').toString();
  return { bcrypt, digest: (password) => FOREIGN[kind](password, salt) };
}

export function isForeignKind(text: string): text is ForeignKind {
  return Object.hasOwn(FOREIGN, text);
}
