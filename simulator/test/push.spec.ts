import { createDecipheriv, createHash } from 'node:crypto';
import { DEFAULT_APP } from '../src/simulator.js';
import { Receiver, type Received } from './receiver.js';
import { attempt, control, request, start, stop } from './simulated.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const TOKEN = 'pushToken1';
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

interface Delivery {
  delivered: boolean;
  attempts: { status?: number; body?: string; error?: string }[];
  request: { url: string; body: string };
}

let receiver: Receiver | undefined;

type Reply = ConstructorParameters<typeof Receiver>[0];

/** Starts the simulator and the server that it pushes to. */
async function begin(settings: object, reply: Reply = (to) => to.end('success'), pushTimeoutMs = 5000) {
  receiver = new Receiver(reply);
  const url = await receiver.listen();
  await start({
    now: () => NOW,
    pushTimeoutMs,
    apps: [{ ...DEFAULT_APP, push: { url, token: TOKEN, ...settings } }],
  });
  return url;
}

afterEach(async () => {
  await receiver?.close();
  await stop();
});

const push = (more: object = {}) =>
  control<Delivery>('POST', '/__sim/push', { event: 'user_authorization_revoke', user: 'alice', ...more });

function onlyOne(): Received {
  expect(receiver?.received).toHaveLength(1);
  return receiver?.received[0] as Received;
}

const sha1 = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex');
const of = (query: URLSearchParams, name: string) => query.get(name) ?? '';
const signatureOf = (query: URLSearchParams) => sha1(TOKEN, of(query, 'timestamp'), of(query, 'nonce'));

function decrypt(encrypted: string): { message: string; appId: string } {
  const key = Buffer.from(`${KEY}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const plain = padded.subarray(16, padded.length - (padded.at(-1) ?? 0));
  const length = plain.readUInt32BE(0);
  return { message: plain.subarray(4, 4 + length).toString(), appId: plain.subarray(4 + length).toString() };
}

describe('POST /__sim/push in plain mode', () => {
  it('posts the event as JSON, signed with the token', async () => {
    await begin({});
    const answer = await push({ fields: { RevokeInfo: '6,20' } });
    const { openid } = await control('POST', '/__sim/codes', { user: 'alice' });
    const { method, query, type, body } = onlyOne();
    expect({ method, type }).toEqual({ method: 'POST', type: 'application/json' });
    expect(query.get('signature')).toBe(signatureOf(query));
    expect(query.get('timestamp')).toBe(String(NOW / 1000));
    expect(query.get('openid')).toBe(openid);
    expect(query.has('msg_signature')).toBe(false);
    expect(JSON.parse(body)).toEqual({
      ToUserName: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
      FromUserName: openid,
      CreateTime: NOW / 1000,
      MsgType: 'event',
      Event: 'user_authorization_revoke',
      OpenID: openid,
      AppID: DEFAULT_APP.id,
      RevokeInfo: '6,20',
    });
    expect(answer).toMatchObject({ delivered: true, attempts: [{ status: 200, body: 'success' }], request: { body } });
  });

  it('posts XML when told to, with numbers bare and text in CDATA that cannot be left', async () => {
    await begin({ format: 'xml' });
    await push({ fields: { RevokeInfo: 'a]]>b<' } });
    const { type, body } = onlyOne();
    expect(type).toBe('text/xml');
    expect(body).toMatch(/^<xml><ToUserName><!\[CDATA\[gh_/);
    expect(body).toContain(`<CreateTime>${NOW / 1000}</CreateTime>`);
    expect(body).toContain('<RevokeInfo><![CDATA[a]]]]><![CDATA[>b<]]></RevokeInfo>');
  });

  it('takes fields that replace the usual ones, and leaves out those that are null', async () => {
    await begin({});
    await push({ fields: { ' OpenID': 'spelt with a space', OpenID: null } });
    const message = JSON.parse(onlyOne().body) as object;
    expect(message).toHaveProperty([' OpenID'], 'spelt with a space');
    expect(message).not.toHaveProperty('OpenID');
  });
});

describe('POST /__sim/push in the modes that encrypt', () => {
  it('hides the message from all but who has the EncodingAESKey, signed as msg_signature', async () => {
    await begin({ encodingAesKey: KEY });
    await push();
    const { query, body } = onlyOne();
    const { Encrypt, ...rest } = JSON.parse(body) as { Encrypt: string };
    expect(Object.keys(rest)).toEqual(['ToUserName']);
    expect(query.get('encrypt_type')).toBe('aes');
    expect(query.get('signature')).toBe(signatureOf(query));
    expect(query.get('msg_signature')).toBe(sha1(TOKEN, of(query, 'timestamp'), of(query, 'nonce'), Encrypt));
    const { message, appId } = decrypt(Encrypt);
    expect(appId).toBe(DEFAULT_APP.id);
    expect(JSON.parse(message)).toMatchObject({ Event: 'user_authorization_revoke', AppID: DEFAULT_APP.id });
  });

  it('encrypts XML inside XML', async () => {
    await begin({ encodingAesKey: KEY, mode: 'encrypted', format: 'xml' });
    await push();
    const [, encrypted = ''] = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(onlyOne().body) ?? [];
    expect(decrypt(encrypted).message).toContain('<Event><![CDATA[user_authorization_revoke]]></Event>');
  });

  it('sends both in compatible mode', async () => {
    await begin({ encodingAesKey: KEY, mode: 'compatible' });
    await push();
    expect(JSON.parse(onlyOne().body)).toMatchObject({
      Event: 'user_authorization_revoke',
      Encrypt: expect.any(String),
    });
  });
});

describe('a push that is not answered as WeChat wants it', () => {
  it('is sent again three times when no answer comes in time', async () => {
    await begin({}, () => undefined, 50);
    const { delivered, attempts } = await push();
    expect(delivered).toBe(false);
    expect(attempts).toEqual(Array.from({ length: 4 }, () => ({ error: 'no answer within 50 ms' })));
    const bodies = receiver?.received.map(({ body }) => body);
    expect(new Set(bodies).size).toBe(1);
    expect(new Set(receiver?.received.map(({ query }) => query.get('nonce'))).size).toBe(4);
  });

  it('is sent again after a wrong answer and no more after a good one', async () => {
    const replies = [500, 200];
    await begin({}, (response) => {
      response.statusCode = replies.shift() ?? 404;
      response.end(response.statusCode === 200 ? '' : 'oops');
    });
    expect(await push()).toMatchObject({
      delivered: true,
      attempts: [
        { status: 500, body: 'oops' },
        { status: 200, body: '' },
      ],
    });
  });

  it('says why when nobody is there', async () => {
    await begin({});
    await receiver?.close();
    expect((await push()).attempts[0]).toEqual({ error: 'ECONNREFUSED' });
  });
});

describe('POST /__sim/push/verify', () => {
  const verify = () => control('POST', '/__sim/push/verify', {});

  it('is content when the server gives the echostr back', async () => {
    await begin({}, (response, { query }) => response.end(query.get('echostr')));
    expect(await verify()).toMatchObject({ verified: true, status: 200 });
    const { method, query } = onlyOne();
    expect(method).toBe('GET');
    expect(query.get('signature')).toBe(signatureOf(query));
  });

  it.each(['success', '"123"'])('is not content with %s', async (reply) => {
    await begin({}, (response) => response.end(reply));
    expect(await verify()).toMatchObject({ verified: false, body: reply });
  });
});

describe('the push settings of an app', () => {
  it('may come through PUT /__sim/apps, and are shown without their secrets', async () => {
    receiver = new Receiver((response) => response.end('success'));
    const url = await receiver.listen();
    await start();
    await control('PUT', '/__sim/apps', { push: { url, token: TOKEN, encodingAesKey: KEY, format: 'xml' } });
    expect((await push()).delivered).toBe(true);
    const { text } = await request('/__sim/state');
    for (const secret of [TOKEN, KEY]) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ apps: [{ push: { url, mode: 'encrypted', format: 'xml' } }] });
  });

  it.each([
    ['no URL', { token: TOKEN }, 'push.url'],
    ['a file URL', { token: TOKEN, url: 'file:///etc/passwd' }, 'push.url'],
    ['a bad token', { token: 'a b', url: 'http://127.0.0.1' }, 'push.token'],
    ['a short key', { token: TOKEN, url: 'http://127.0.0.1', encodingAesKey: 'x' }, 'push.encodingAesKey'],
    ['no key', { token: TOKEN, url: 'http://127.0.0.1', mode: 'encrypted' }, 'push.encodingAesKey'],
    ['an unknown mode', { token: TOKEN, url: 'http://127.0.0.1', mode: 'open' }, 'push.mode'],
    ['an unknown field', { token: TOKEN, url: 'http://127.0.0.1', aesKey: KEY }, 'push.aesKey'],
  ])('are refused with %s', async (_what, settings, words) => {
    await start();
    const { status, text } = await attempt('PUT', '/__sim/apps', { push: settings });
    expect(status).toBe(400);
    expect(text).toContain(words);
    await expect(start({ apps: [{ ...DEFAULT_APP, push: settings as never }] })).rejects.toThrow('push.');
  });

  it('are needed for a push', async () => {
    await start();
    const { status, text } = await attempt('POST', '/__sim/push', { event: 'x', user: 'alice' });
    expect(status).toBe(400);
    expect(text).toContain('PUT /__sim/apps');
  });

  it('may be overruled by a url', async () => {
    const url = await begin({ url: 'http://127.0.0.1:9/' });
    expect((await push({ url })).delivered).toBe(true);
  });
});
