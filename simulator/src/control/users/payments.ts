import { randomInt } from 'node:crypto';
import { json, type Answer } from '../../http/answer.js';
import type { World } from '../../world/world.js';
import type { Fields } from '../fields.js';
import { readAccount } from './account-fields.js';

const ORDER = { matches: /^[\w|*@-]{1,64}$/, says: '1 to 64 letters, digits, "_", "-", "|", "*" or "@"' };

/** `POST /__sim/payments` lets the user pay, which getpaidunionid can look up for five minutes. */
export function makePayment(world: World, fields: Fields): Answer {
  fields.allow('user', 'appId', 'mchId', 'outTradeNo');
  const mchId = fields.optionalText('mchId', ORDER) ?? '1900000001';
  const outTradeNo = fields.optionalText('outTradeNo', ORDER) ?? digits(20);
  const account = readAccount(world, fields);
  const transactionId = `42000${digits(23)}`;
  for (const order of [transactionId, `${mchId}/${outTradeNo}`]) world.payments.issue(order, account);
  return json(201, { transactionId, mchId, outTradeNo });
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
