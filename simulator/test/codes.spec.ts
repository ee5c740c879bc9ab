import { attempt, codeFor, control, session, start, stop } from './simulated.js';

const APPS = [
  { id: 'wx00000000000000aa', secret: 'shop-secret' },
  { id: 'wx00000000000000bb', secret: 'cinema-secret' },
] as const;
const [SHOP] = APPS;
const asShop = { appid: SHOP.id, secret: SHOP.secret };

interface Made {
  code: string;
  openid: string;
}

const make = (body: unknown) => control<Made>('POST', '/__sim/codes', body);

afterEach(stop);

describe('POST /__sim/codes', () => {
  it('answers 201 with a code and the openid it stands for, and nothing else', async () => {
    await start();
    const { status, text } = await attempt('POST', '/__sim/codes', { user: 'alice' });
    expect(status).toBe(201);
    expect(Object.keys(JSON.parse(text))).toEqual(['code', 'openid']);
  });

  it('means the first app when none is named', async () => {
    await start({ apps: APPS });
    expect(await session((await make({ user: 'alice' })).code, asShop)).toHaveProperty('openid');
  });

  it('gives a user the same openid in every run, and a different one in each app', async () => {
    await start({ apps: APPS });
    const first = await make({ user: 'alice' });
    const elsewhere = await make({ user: 'alice', appId: APPS[1].id });
    await stop();
    await start({ apps: APPS });
    expect((await make({ user: 'alice' })).openid).toBe(first.openid);
    expect(elsewhere.openid).not.toBe(first.openid);
  });

  it('tells users apart by letter case', async () => {
    await start();
    expect((await make({ user: 'alice' })).openid).not.toBe((await make({ user: 'Alice' })).openid);
  });

  it('takes an openid given by hand and keeps it for the user', async () => {
    await start();
    const openid = 'oExplicitOpenid-000000000001';
    expect((await make({ user: 'alice', openid })).openid).toBe(openid);
    expect((await make({ user: 'alice', openid })).openid).toBe(openid);
    expect(await session(await codeFor('alice'))).toMatchObject({ openid });
  });

  it('allows two users whose openids differ only in letter case', async () => {
    await start();
    const alice = await codeFor('alice', { openid: 'oABCDEFGHIJKLMNOPQRSTUVWXYZ0' });
    const bob = await codeFor('bob', { openid: 'oabcdefghijklmnopqrstuvwxyz0' });
    expect((await session(alice)).openid).toBe('oABCDEFGHIJKLMNOPQRSTUVWXYZ0');
    expect((await session(bob)).openid).toBe('oabcdefghijklmnopqrstuvwxyz0');
  });

  it('adds a unionid to a user who had none, as when an app is bound to the Open Platform later', async () => {
    await start();
    const unionid = 'oUnionid-that-came-later-001';
    expect(await session(await codeFor('alice'))).not.toHaveProperty('unionid');
    expect(await session(await codeFor('alice', { unionid }))).toMatchObject({ unionid });
    expect(await session(await codeFor('alice'))).toMatchObject({ unionid });
  });

  it.each([
    ['no user', {}, '"user" is missing'],
    ['an empty user', { user: '' }, '"user" must be'],
    ['a user that is not text', { user: 7 }, '"user" must be'],
    ['a user with a line break', { user: 'a\nb' }, '"user" must be'],
    ['a user of 129 characters', { user: 'a'.repeat(129) }, '"user" must be'],
    ['an unknown app', { user: 'alice', appId: 'wx00000000000000ff' }, '"appId" must be one of'],
    ['an openid of the wrong length', { user: 'alice', openid: 'short' }, '"openid" must be 28'],
    ['a unionid of the wrong form', { user: 'alice', unionid: '!'.repeat(28) }, '"unionid" must be 28'],
    ['a misspelt field', { user: 'alice', appid: SHOP.id }, 'unknown field "appid"'],
    ['an array', ['alice'], 'must be a JSON object'],
    ['null', null, 'must be a JSON object'],
  ])('refuses %s with 400 and says what is wrong', async (_what, body, words) => {
    await start();
    const { status, text } = await attempt('POST', '/__sim/codes', body);
    expect(status).toBe(400);
    expect((JSON.parse(text) as { error: string }).error).toContain(words);
  });

  it('refuses an openid that another user of the app has', async () => {
    await start();
    const { openid } = await make({ user: 'alice' });
    const { status, text } = await attempt('POST', '/__sim/codes', { user: 'bob', openid });
    expect(status).toBe(400);
    expect(text).toContain('already belongs');
  });
});
