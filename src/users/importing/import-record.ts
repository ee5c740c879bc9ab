import { isEmail } from 'class-validator';
import type { Localized } from '../../platform/errors/app-error.js';
import { isText } from '../../platform/validation/is-text.js';
import { type ForeignHash, isForeignKind } from '../passwords/stored-hash.js';
import { isPhoneNumber } from '../phones/phone-number.js';
import { USERNAME } from '../username-rule.js';

/** What a file may say about one user; an empty field says nothing. */
export const IMPORT_FIELDS = [
  ...['username', 'email', 'nickname', 'password_hash', 'hash_kind', 'salt', 'phone'],
  ...['openid', 'app_id', 'unionid'],
] as const;

/** A line as it stands in the file. */
export type RawRecord = Partial<Record<string, string>>;

/** A user of another system, found to be in order. */
export interface ImportRecord {
  username?: string;
  email?: string;
  nickname?: string;
  /** In E.164; the other system has verified it. */
  phone?: string;
  password?: ForeignHash;
  wechat?: { appId: string; openid: string; unionid?: string };
}

/** Why a line cannot be imported. Never quotes the line. */
export interface ImportProblem {
  field: string;
  message: Localized;
}

/** Which mini-programs there are. */
export interface KnownApps {
  findApp(id?: string | null): { id: string } | null;
}

const MD5 = /^[0-9a-fA-F]{32}$/;
const BCRYPT = /^\$2[aby]\$(0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/; // a higher cost would keep the server busy for seconds
const OPENID = /^[\w-]{6,64}$/;
const MAINLAND = /^1\d{10}$/;
const SALT_MAX_BYTES = 96;

const WRONG = {
  username: { zh: '须为 3–20 位字母或数字', en: 'must have 3 to 20 letters and digits' },
  email: { zh: '不是邮箱地址', en: 'is no e-mail address' },
  nickname: { zh: '须为 1–64 字的 UTF-8 文本', en: 'must be 1 to 64 characters in UTF-8' },
  phone: {
    zh: '不是手机号（中国大陆 11 位或 E.164）',
    en: 'is no phone number (E.164, or 11 digits of mainland China)',
  },
  hash_kind: { zh: '不认识的哈希方式', en: 'is no kind of hash known here' },
  password_hash: { zh: '与 hash_kind 不符', en: 'is not what hash_kind says' },
  salt: {
    zh: `最多 ${SALT_MAX_BYTES} 字节，md5 与 bcrypt 没有 salt`,
    en: `at most ${SALT_MAX_BYTES} bytes; md5 and bcrypt take none`,
  },
  openid: { zh: '不是 openid', en: 'is no openid' },
  app_id: { zh: '不是已配置的小程序', en: 'is no configured mini-program' },
  unionid: { zh: '不是 unionid，或没有 openid', en: 'is no unionid, or there is no openid' },
  line: {
    zh: '没有任何登录方式：须有密码与用户名或邮箱、openid 或手机号',
    en: 'has no way to log in: a password with a username or e-mail address, an openid, or a phone number',
  },
} satisfies Record<string, Localized>;

/** Reads one line: the user it describes, or everything that is wrong with it. */
export function readRecord(raw: RawRecord, apps: KnownApps): { record: ImportRecord } | { problems: ImportProblem[] } {
  const field = fieldsOf(raw);
  const record: ImportRecord = {
    username: field('username'),
    email: field('email')?.toLowerCase(),
    nickname: field('nickname'),
    phone: field('phone')?.replace(MAINLAND, '+86$&'),
    password: passwordOf(raw),
    wechat: wechatOf(raw, apps),
  };
  const wrong = (Object.keys(WRONG) as (keyof typeof WRONG)[]).filter((name) => CHECKS[name](record, field));
  if (wrong.length) return { problems: wrong.map((name) => ({ field: name, message: WRONG[name] })) };
  return { record };
}

type Field = ReturnType<typeof fieldsOf>;

/** Each says whether its field is wrong. */
const CHECKS: Record<keyof typeof WRONG, (record: ImportRecord, field: Field) => boolean> = {
  username: ({ username }) => username !== undefined && !USERNAME.test(username),
  email: ({ email }) => email !== undefined && !(isText(email) && email.length <= 100 && isEmail(email)),
  nickname: ({ nickname }) => nickname !== undefined && !isNickname(nickname),
  phone: ({ phone }) => phone !== undefined && !isPhoneNumber(phone),
  hash_kind: ({ password }, field) => Boolean(field('password_hash')) && !password,
  password_hash: ({ password }) => password !== undefined && !isHash(password),
  salt: ({ password }) => password !== undefined && !isSaltRight(password),
  openid: ({ wechat }, field) => Boolean(field('openid')) && Boolean(wechat) && !OPENID.test(wechat!.openid),
  app_id: ({ wechat }, field) => Boolean(field('openid')) && !wechat,
  unionid: ({ wechat }, field) => Boolean(field('unionid')) && !OPENID.test(wechat?.unionid ?? ''),
  line: ({ username, email, password, phone }, field) =>
    !(password && (username ?? email)) && !phone && !field('openid') && !field('password_hash'),
};

// A salt may begin or end with a space; nothing else does.
function fieldsOf(raw: RawRecord) {
  return (name: (typeof IMPORT_FIELDS)[number]): string | undefined => raw[name]?.trim() || undefined;
}

function passwordOf(raw: RawRecord): ForeignHash | undefined {
  const field = fieldsOf(raw);
  const [hash, given = ''] = [field('password_hash'), field('hash_kind')];
  const kind = given === 'md5_salt' ? 'md5_password_salt' : given;
  if (!hash || !isForeignKind(kind)) return undefined;
  return { kind, salt: raw.salt ?? '', hash: hash.replace(/^\$2y\$/, '$2b$') }; // PHP's name for the same
}

function wechatOf(raw: RawRecord, apps: KnownApps): ImportRecord['wechat'] {
  const field = fieldsOf(raw);
  const openid = field('openid');
  const app = apps.findApp(field('app_id'));
  return openid && app ? { appId: app.id, openid, unionid: field('unionid') } : undefined;
}

function isNickname(text: string): boolean {
  return isText(text) && !text.includes('\uFFFD') && [...text].length <= 64;
}

function isHash({ kind, hash }: ForeignHash): boolean {
  return (kind === 'bcrypt' ? BCRYPT : MD5).test(hash);
}

function isSaltRight({ kind, salt }: ForeignHash): boolean {
  const isSalted = kind !== 'bcrypt' && kind !== 'md5';
  return isSalted ? Boolean(salt) && Buffer.byteLength(salt) <= SALT_MAX_BYTES : !salt;
}
