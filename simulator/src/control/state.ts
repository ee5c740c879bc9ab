import { json, type Answer } from '../http/answer.js';
import { WECHAT_ENDPOINTS } from '../wechat/endpoints.js';
import type { Account } from '../world/account.js';
import { shortened } from '../world/call-log.js';
import type { IssuedCode } from '../world/issued-codes.js';
import type { World } from '../world/world.js';
import { accessTokenView } from './apps/access-tokens.js';
import { appView } from './apps/apps.js';
import { faultView } from './faults.js';
import { userView } from './users/users.js';

const SHOWN = 50;

/** `GET /__sim/state` is what the console shows: never an app secret, a session_key or a whole access_token. */
export function showState(world: World): Answer {
  const { accounts, accessTokens, apps, calls, clock, dayQuotas, faults } = world;
  return json(200, {
    now: new Date(clock.now()).toISOString(),
    offsetSeconds: clock.offsetSeconds,
    endpoints: WECHAT_ENDPOINTS.map(({ path }) => path),
    apps: apps.all().map(appView),
    userCount: accounts.size,
    users: accounts.latest(SHOWN).map(userView),
    codes: latestCodes(world),
    accessTokens: accessTokens.working().slice(-SHOWN).map(accessTokenView),
    quotas: dayQuotas.all(),
    faults: faults.all().map(faultView),
    requests: calls.latest(SHOWN),
  });
}

/** Codes of every kind in the order in which they were made. */
function latestCodes({ loginCodes, phoneCodes }: World): object[] {
  const codes = [
    ...loginCodes.latest(SHOWN).map((login) => ({ kind: 'login', account: login.subject, issued: login })),
    ...phoneCodes.latest(SHOWN).map((tap) => ({ kind: 'phone', account: tap.subject.account, issued: tap })),
  ];
  return codes.sort((one, other) => one.issued.issuedAt - other.issued.issuedAt).map(codeView);
}

function codeView({ kind, account, issued }: { kind: string; account: Account; issued: IssuedCode<unknown> }): object {
  const { code, used, expiresAt } = issued;
  const { user, app } = account;
  return { kind, code: shortened(code), user, appId: app.id, used, expiresAt: new Date(expiresAt).toISOString() };
}
