import { json, type Answer } from '../http/answer.js';
import { WECHAT_ENDPOINTS } from '../wechat/endpoints.js';
import type { Account } from '../world/accounts.js';
import type { LoginCode } from '../world/login-codes.js';
import type { World } from '../world/world.js';
import { faultView } from './faults.js';

const SHOWN = 50;

/** `GET /__sim/state` is what the console shows: never an app secret or a session_key. */
export function showState({ accounts, apps, calls, clock, faults, loginCodes }: World): Answer {
  return json(200, {
    now: new Date(clock.now()).toISOString(),
    offsetSeconds: clock.offsetSeconds,
    endpoints: WECHAT_ENDPOINTS.map(({ path }) => path),
    apps: apps.all().map(({ id, openPlatform }) => ({ id, openPlatform })),
    userCount: accounts.size,
    users: accounts.latest(SHOWN).map(userView),
    codes: loginCodes.latest(SHOWN).map(codeView),
    faults: faults.all().map(faultView),
    requests: calls.latest(SHOWN),
  });
}

function userView({ user, appId, openid, unionid }: Account): object {
  return { user, appId, openid, unionid };
}

function codeView({ code, account, expiresAt, used }: LoginCode): object {
  const masked = `${code.slice(0, 4)}…${code.slice(-4)}`;
  return { code: masked, user: account.user, appId: account.appId, used, expiresAt: new Date(expiresAt).toISOString() };
}
