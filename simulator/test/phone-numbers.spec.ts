import { CINEMA, phoneCodeFor, post, SHOP, tokenOf } from './apps.js';
import { attempt, codeFor, control, errcode, session, start, stop } from './simulated.js';

const PATH = '/wxa/business/getuserphonenumber';
let now: number;

const ask = async (body: unknown, app = SHOP) => post(PATH, { access_token: await tokenOf(app) }, body);

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  await start({ apps: [SHOP, CINEMA], now: () => now });
});
afterEach(stop);

describe('POST /wxa/business/getuserphonenumber', () => {
  it('gives the number that the code stands for', async () => {
    const code = await phoneCodeFor('alice', { phone: '13800138000' });
    expect(await ask({ code })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13800138000',
        purePhoneNumber: '13800138000',
        countryCode: 86,
        watermark: { timestamp: now / 1000, appid: SHOP.id },
      },
    });
  });

  it.each([
    ['+85291234567', '85291234567', '91234567', 852],
    ['+12025550123', '12025550123', '2025550123', 1],
    ['+8613800138000', '13800138000', '13800138000', 86],
    ['+447700900123', '447700900123', '7700900123', 44],
  ])('splits %s', async (phone, phoneNumber, purePhoneNumber, countryCode) => {
    const code = await phoneCodeFor('alice', { phone });
    expect(await ask({ code })).toMatchObject({ phone_info: { phoneNumber, purePhoneNumber, countryCode } });
  });

  it('gives a user the same number each time, and another user another', async () => {
    const number = async (user: string) => (await ask({ code: await phoneCodeFor(user) })).phone_info;
    expect(await number('alice')).toEqual(await number('alice'));
    expect(await number('alice')).not.toEqual(await number('bob'));
  });

  it('takes a code once', async () => {
    const code = await phoneCodeFor('alice');
    expect(await ask({ code })).toHaveProperty('phone_info');
    expect(await ask({ code })).toMatchObject({ errcode: 40029 });
  });

  it('takes a code for five minutes', async () => {
    const codes = [await phoneCodeFor('alice'), await phoneCodeFor('alice')];
    now += 5 * 60_000 - 1;
    expect(await ask({ code: codes[0] })).toHaveProperty('phone_info');
    now += 1;
    expect(await ask({ code: codes[1] })).toMatchObject({ errcode: 40029 });
  });

  it('takes the openid of the user who tapped, and refuses any other without using the code up', async () => {
    const { openid: alice } = await control('POST', '/__sim/codes', { user: 'alice' });
    const { openid: bob } = await control('POST', '/__sim/codes', { user: 'bob' });
    const code = await phoneCodeFor('alice');
    expect(await ask({ code, openid: bob })).toMatchObject({ errcode: 40029 });
    expect(await ask({ code, openid: alice })).toHaveProperty('phone_info');
  });

  it("answers 40013 to another app's access_token", async () => {
    const code = await phoneCodeFor('alice', { appId: CINEMA.id });
    expect(await ask({ code })).toMatchObject({ errcode: 40013 });
    expect(await ask({ code }, CINEMA)).toHaveProperty('phone_info');
  });

  it('keeps phone codes and login codes apart', async () => {
    const asShop = { appid: SHOP.id, secret: SHOP.secret };
    expect(await ask({ code: await codeFor('alice') })).toMatchObject({ errcode: 40029 });
    expect(await errcode(await phoneCodeFor('alice'), asShop)).toBe(40029);
  });

  it.each([
    ['44002 to an empty body', '', 44002],
    ['47001 to a form', 'code=x', 47001],
    ['40029 when the code is missing', {}, 40029],
  ])('answers %s', async (_promise, body, expected) => {
    expect(await ask(body)).toMatchObject({ errcode: expected });
  });

  it('leaves the session_key alone', async () => {
    const asShop = { appid: SHOP.id, secret: SHOP.secret };
    const [first, second] = [await codeFor('alice'), await codeFor('alice')];
    const { session_key: key } = await session(first, asShop);
    await phoneCodeFor('alice');
    expect(await session(second, asShop)).toMatchObject({ session_key: key });
  });
});

describe('POST /__sim/phone-codes', () => {
  it.each(['123', '+0123456789', '2380013800', 'abc'])('refuses the phone "%s"', async (phone) => {
    expect((await attempt('POST', '/__sim/phone-codes', { user: 'alice', phone })).status).toBe(400);
  });
});
