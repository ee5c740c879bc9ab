import { randomInt } from 'node:crypto';
import { json, type Answer } from '../../http/answer.js';
import { sendRequest } from '../../http/outgoing.js';
import { deliver } from '../../push/deliver.js';
import type { Message } from '../../push/message.js';
import { pushRequest, verifyRequest } from '../../push/push-request.js';
import type { Account } from '../../world/account.js';
import { originalIdOf } from '../../world/identifiers.js';
import type { World } from '../../world/world.js';
import type { Fields } from '../fields.js';
import { findAccount, readApp } from '../users/account-fields.js';
import { settingsFor } from './push-fields.js';

const EVENT = { matches: /^\w{1,64}$/, says: '1 to 64 letters, digits or underscores' };

/** `POST /__sim/push` pushes an event about a user to the server and tells what became of it. */
export async function push(world: World, fields: Fields): Promise<Answer> {
  fields.allow('appId', 'event', 'user', 'fields', 'url');
  const account = findAccount(world, fields);
  const message = messageAbout(world, account, fields);
  const settings = settingsFor(account.app, fields);
  const { id: appId } = account.app;
  const make = () => pushRequest({ settings, appId, message, openid: account.openid, now: world.clock.now() });
  return json(200, await deliver(make, world.pushTimeoutMs));
}

/** `POST /__sim/push/verify` asks the server for the echostr, as WeChat does when the owner saves the settings. */
export async function verifyPush(world: World, fields: Fields): Promise<Answer> {
  fields.allow('appId', 'url');
  const settings = settingsFor(readApp(world, fields), fields);
  const echostr = String(randomInt(10 ** 12));
  const request = verifyRequest(settings, echostr, world.clock.now());
  const reception = await sendRequest(request, world.pushTimeoutMs);
  return json(200, { verified: reception.status === 200 && reception.body === echostr, ...reception, request });
}

/** The caller's own fields come last and may replace the rest; null leaves a field out. */
function messageAbout({ clock }: World, { app, openid }: Account, fields: Fields): Message {
  const all = {
    ToUserName: originalIdOf(app.id),
    FromUserName: openid,
    CreateTime: Math.floor(clock.now() / 1000),
    MsgType: 'event',
    Event: fields.text('event', EVENT),
    OpenID: openid,
    AppID: app.id,
    ...fields.optionalObject('fields'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}
