import type { Account } from '../../world/account.js';
import type { AppCall } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';

const TWO_HOURS_MS = 2 * 3600 * 1000;

/** Gives the account of the openid if its user was in the app within the last two hours. */
export function activeAccount({ world, app }: AppCall, openid: string | null): Account {
  const account = world.accounts.findByOpenid(app.id, openid ?? '');
  if (!account) throw new WechatError(40003);
  if (world.clock.now() - account.activeAt >= TWO_HOURS_MS) throw new WechatError(61010);
  return account;
}
