import { createHash } from 'node:crypto';
import { json, type Answer } from '../../http/answer.js';
import { Refusal } from '../../http/refusal.js';
import type { Account } from '../../world/account.js';
import type { World } from '../../world/world.js';
import type { Fields } from '../fields.js';
import { readAccount } from './account-fields.js';
import { encryptedDataOf } from './encrypted-data.js';

/** What every user's profile has looked like since WeChat made profiles anonymous. */
const PROFILE = {
  nickName: '微信用户',
  gender: 0,
  language: '',
  city: '',
  province: '',
  country: '',
  avatarUrl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/simulated/132',
  is_demote: true,
};

/** `POST /__sim/open-data` encrypts with the session_key that is the user's just now, as the phone would. */
export function makeOpenData(world: World, fields: Fields): Answer {
  fields.allow('user', 'appId', 'payload');
  const payload = fields.optionalObject('payload');
  const account = readAccount(world, fields);
  if (!account.sessionKey) throw new Refusal(400, 'the user has no session_key now; make a code first');
  const secret = withoutNulls({ ...identity(account, payload), ...watermark(world, account), ...(payload ?? PROFILE) });
  const data = encryptedDataOf(account.sessionKey, { secret, raw: payload ?? PROFILE });
  if (isPhoneData(payload)) world.phoneData.issue(hashOf(data.encryptedData), account);
  return json(201, data);
}

/** WeChat's phone data says nothing about whose it is. */
function identity({ openid, unionid }: Account, payload?: object): object {
  if (isPhoneData(payload)) return {};
  return { openId: openid, ...(unionid && { unionId: unionid }) };
}

function watermark({ clock }: World, { app }: Account): object {
  return { watermark: { timestamp: Math.floor(clock.now() / 1000), appid: app.id } };
}

function isPhoneData(payload: object | undefined): boolean {
  return payload !== undefined && 'phoneNumber' in payload;
}

/** A field that a caller sets to null is one that shall be missing. */
function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}

function hashOf(encryptedData: string): string {
  return createHash('sha256').update(encryptedData).digest('hex');
}
