import { DEFAULT_APP } from '../src/simulator.js';
import { post, tokenOf } from './apps.js';
import { attempt, codeFor, control, session, start, stop } from './simulated.js';

let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  await start({ now: () => now });
});
afterEach(stop);

const openidOf = async (user: string) => (await control('POST', '/__sim/codes', { user })).openid;

describe('POST /wxa/getuserriskrank', () => {
  const ask = async (more: Record<string, unknown>) =>
    post(
      '/wxa/getuserriskrank',
      { access_token: await tokenOf() },
      { appid: DEFAULT_APP.id, scene: 0, client_ip: '203.0.113.7', ...more },
    );

  it('says 0 of a user of whom nothing was set', async () => {
    expect(await ask({ openid: await openidOf('alice') })).toEqual({
      errcode: 0,
      errmsg: 'getuserriskrank succ',
      risk_rank: 0,
      unoin_id: expect.any(Number),
    });
  });

  it('says what PUT /__sim/users set', async () => {
    await control('PUT', '/__sim/users', { user: 'alice', riskRank: 4 });
    expect(await ask({ openid: await openidOf('alice') })).toMatchObject({ risk_rank: 4 });
    expect(await ask({ openid: await openidOf('bob') })).toMatchObject({ risk_rank: 0 });
  });

  it('answers 61010 of a user who was not in the app for two hours', async () => {
    const openid = await openidOf('alice');
    now += 2 * 3600_000 - 1;
    expect(await ask({ openid })).toMatchObject({ errcode: 0 });
    now += 1;
    expect(await ask({ openid })).toMatchObject({ errcode: 61010 });
    await control('PUT', '/__sim/users', { user: 'alice' });
    expect(await ask({ openid })).toMatchObject({ errcode: 0 });
    await control('PUT', '/__sim/users', { user: 'alice', active: false });
    expect(await ask({ openid })).toMatchObject({ errcode: 61010 });
  });

  it.each([
    ['40013 for another appid', { appid: 'wxff' }, 40013],
    ['40129 for an unknown scene', { scene: 3 }, 40129],
    ['40097 without a client_ip', { client_ip: undefined }, 40097],
    ['40003 for an unknown openid', {}, 40003],
  ])('answers %s', async (_promise, more, errcode) => {
    expect(await ask({ openid: 'nobody', ...more })).toMatchObject({ errcode });
  });
});

describe('PUT /__sim/apps', () => {
  it('binds an app to an Open Platform account, so that the next login shows a unionid', async () => {
    const before = await session(await codeFor('alice'));
    await control('PUT', '/__sim/apps', { appId: DEFAULT_APP.id, openPlatform: 'mall' });
    const after = await session(await codeFor('alice'));
    expect(before).not.toHaveProperty('unionid');
    expect(after).toMatchObject({ openid: before.openid, unionid: expect.stringMatching(/^o[\w-]{27}$/) });
  });

  it('unbinds it with an empty name, and a reset does too', async () => {
    await control('PUT', '/__sim/apps', { openPlatform: 'mall' });
    await control('PUT', '/__sim/apps', { openPlatform: '' });
    expect(await session(await codeFor('alice'))).not.toHaveProperty('unionid');
    await control('PUT', '/__sim/apps', { openPlatform: 'mall' });
    await control('POST', '/__sim/reset');
    expect(await session(await codeFor('alice'))).not.toHaveProperty('unionid');
  });
});

describe('PUT /__sim/users', () => {
  it('shows the user without the session_key', async () => {
    const answer = await control('PUT', '/__sim/users', { user: 'alice', phone: '13800138000', riskRank: 2 });
    expect(answer).toEqual({
      user: 'alice',
      appId: DEFAULT_APP.id,
      openid: expect.any(String),
      riskRank: 2,
      phone: '+8613800138000',
    });
  });

  it.each([{}, { user: 'alice', riskRank: 5 }, { user: 'alice', risk: 1 }])('refuses %j', async (body) => {
    expect((await attempt('PUT', '/__sim/users', body)).status).toBe(400);
  });
});
