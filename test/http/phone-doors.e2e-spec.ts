import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import type { Answer } from '../support/http-client.js';
import { PATIENT } from '../support/mini-programs.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const PHONE = '/wxa/business/getuserphonenumber';
const device = { id: 'the-phone-in-the-hand' };

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp(PATIENT);
});
afterAll(() => test?.close());
afterEach(() => test.wechat.heal());

let last = 10_000_000;
const newNumber = (): string => {
  const number = `138${String(++last)}`;
  test.watch.keepSecret('a phone number', number);
  return number;
};
const masked = (number: string) => `${number.slice(0, 3)}****${number.slice(-4)}`;
const codeOf = ({ body }: Answer<unknown>): string => (body as ProblemDetails).code;
const signIn = async (user: string): Promise<string> => (await loginWithWechat(test, user)).body.accessToken;

describe('POST /api/v1/users/me/phone', () => {
  const setPhone = (token: string, body: object): Promise<Answer<{ phone: string }>> =>
    test.client.post('/api/v1/users/me/phone', body, { token });

  it('sets the number, and shows it masked here and in the profile', async () => {
    const [number, token] = [newNumber(), await signIn('anna')];
    const answer = await setPhone(token, { code: await test.wechat.phoneCode('anna', number) });
    const me = await test.client.get<{ phone: string }>('/api/v1/users/me', { token });

    expect([answer.status, answer.body]).toEqual([200, { phone: masked(number) }]);
    expect(me.body.phone).toBe(masked(number));
  });

  it('replaces the number the user had', async () => {
    const token = await signIn('berta');
    await setPhone(token, { code: await test.wechat.phoneCode('berta', newNumber()) });
    const number = newNumber();
    const answer = await setPhone(token, { code: await test.wechat.phoneCode('berta', number) });

    expect(answer.body.phone).toBe(masked(number));
  });

  it('answers the same code sent twice from the first result, for five minutes', async () => {
    const token = await signIn('clara');
    const code = await test.wechat.phoneCode('clara', newNumber());
    const asked = await test.wechat.countCalls(PHONE);
    const answers = [
      ...(await Promise.all([setPhone(token, { code }), setPhone(token, { code })])),
      await setPhone(token, { code }),
    ];
    test.clock.advance({ minutes: 5 });
    const late = await setPhone(token, { code });

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.phone)).size).toBe(1);
    expect(codeOf(late)).toBe('wechat.phone_code_invalid');
    expect(await test.wechat.countCalls(PHONE)).toBe(asked + 2);
  });

  it('refuses the code of somebody else, before and after they used it', async () => {
    const [dora, mallory] = [await signIn('dora'), await signIn('mallory')];
    const [unused, used] = [await test.wechat.phoneCode('dora', newNumber()), await test.wechat.phoneCode('dora')];
    const before = await setPhone(mallory, { code: unused });
    await setPhone(dora, { code: used });
    const after = await setPhone(mallory, { code: used });

    expect([before, after].map(({ status }) => status)).toEqual([400, 400]);
    expect([before, after].map(codeOf)).toEqual(['wechat.phone_code_invalid', 'wechat.phone_code_invalid']);
  });

  it('refuses a number that is another user’s', async () => {
    const number = newNumber();
    await setPhone(await signIn('emma'), { code: await test.wechat.phoneCode('emma', number) });
    const answer = await setPhone(await signIn('frieda'), { code: await test.wechat.phoneCode('frieda', number) });

    expect([answer.status, codeOf(answer)]).toEqual([409, 'users.phone_taken']);
  });

  it('does not send a code again whose answer was lost, and asks for a new tap', async () => {
    const token = await signIn('greta');
    const code = await test.wechat.phoneCode('greta', newNumber());
    const asked = await test.wechat.countCalls(PHONE);
    await test.wechat.fault('drop-reply', { endpoint: PHONE, times: 1 });
    const lost = await setPhone(token, { code });
    const again = await setPhone(token, { code });

    expect([codeOf(lost), codeOf(again)]).toEqual(['wechat.unavailable', 'wechat.phone_code_invalid']);
    expect(await test.wechat.countCalls(PHONE)).toBe(asked + 1);
  });

  it('refuses a login code, a user without WeChat, an unknown app and a wrong body', async () => {
    const token = await signIn('hanna');
    const { body } = await test.client.post<TokensDto>('/api/v1/auth/register', {
      username: 'Hanna01',
      password: 'Blue-Kettle7',
    });
    const code = await test.wechat.phoneCode('hanna', newNumber());
    const answers = [
      await setPhone(token, { code: await test.wechat.code('hanna') }),
      await setPhone(body.accessToken, { code }),
      await setPhone(token, { code, appId: 'wx00000000000000ff' }),
      await setPhone(token, { code: 0 }),
      await setPhone('', { code }),
    ];

    expect(answers.map((answer) => `${answer.status} ${codeOf(answer)}`)).toEqual([
      '400 wechat.phone_code_invalid',
      '409 users.wechat_not_bound',
      '400 wechat.app_unknown',
      '400 request.invalid',
      '401 auth.access_token_missing',
    ]);
  });
});

describe('POST /api/v1/auth/phone', () => {
  const login = (codes: object, server = test): Promise<Answer<TokensDto>> =>
    server.client.post<TokensDto>('/api/v1/auth/phone', { device, ...codes });
  const codes = async (user: string, number = newNumber()) => ({
    loginCode: await test.wechat.code(user),
    phoneCode: await test.wechat.phoneCode(user, number),
  });

  it('makes the user with their number in one tap, and knows them the next time', async () => {
    const number = newNumber();
    const first = await login(await codes('ida', number));
    const second = await login(await codes('ida', number));

    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ isNewUser: true, user: { phone: masked(number) } });
    expect(second.body).toMatchObject({ isNewUser: false, user: { id: first.body.user.id, phone: masked(number) } });
  });

  it('gives a number to a user who came without one, and leaves the one they have', async () => {
    await signIn('judith');
    const [first, second] = [newNumber(), newNumber()];
    const given = await login(await codes('judith', first));
    const kept = await login(await codes('judith', second));

    expect([given.body.isNewUser, given.body.user.phone]).toEqual([false, masked(first)]);
    expect(kept.body.user.phone).toBe(masked(first));
  });

  it('answers the same two codes again with the same session', async () => {
    const twice = await codes('klara');
    const asked = await test.wechat.countCalls(PHONE);
    const answers = await Promise.all(Array.from({ length: 20 }, () => login(twice)));

    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect(await test.wechat.countCalls(PHONE)).toBe(asked + 1);
  });

  it('uses the first result of a phone code when the login has to be done again', async () => {
    const { loginCode, phoneCode } = await codes('lena');
    await test.wechat.fault('drop-reply', { endpoint: '/sns/jscode2session', times: 1 });
    const lost = await login({ loginCode, phoneCode });
    const done = await login({ loginCode: await test.wechat.code('lena'), phoneCode });
    const asked = await test.wechat.countCalls(PHONE);
    const again = await login({ loginCode: await test.wechat.code('lena'), phoneCode });

    expect([lost.status, done.status, again.status]).toEqual([503, 200, 200]);
    expect(again.body.user).toMatchObject({ id: done.body.user.id, phone: done.body.user.phone });
    expect(await test.wechat.countCalls(PHONE)).toBe(asked);
  });

  it('makes no user when the phone code is somebody else’s, and takes a new login code afterwards', async () => {
    const { loginCode } = await codes('maria');
    const stolen = await test.wechat.phoneCode('nora', newNumber());
    const refused = await login({ loginCode, phoneCode: stolen });
    const again = await login({ loginCode, phoneCode: await test.wechat.phoneCode('maria') });
    const fresh = await login(await codes('maria'));

    expect([refused.status, codeOf(refused)]).toEqual([400, 'wechat.phone_code_invalid']);
    expect([again.status, codeOf(again)]).toEqual([401, 'wechat.login_code_used']);
    expect(fresh.body.isNewUser).toBe(true);
  });

  it('lets one login code in at one door only', async () => {
    const { loginCode, phoneCode } = await codes('olga');
    await test.client.post('/api/v1/auth/wechat', { code: loginCode, device });
    const answer = await login({ loginCode, phoneCode });

    expect([answer.status, codeOf(answer)]).toEqual([401, 'wechat.login_code_used']);
  });

  it('refuses another device', async () => {
    const both = await codes('paula');
    await login(both);
    const answer = await login({ ...both, device: { id: 'a-stolen-phone' } });

    expect([answer.status, codeOf(answer)]).toEqual([401, 'wechat.login_code_used']);
  });

  it.each([{}, { loginCode: 'abc' }, { phoneCode: 'abc' }, { loginCode: 'abc', phoneCode: 1 }])(
    'answers a body of another shape with 400',
    async (body) => {
      const answer = await login(body);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'request.invalid']);
    },
  );

  it('writes no number into the audit trail', async () => {
    await test.app.get(AuditLog).flush();
    const rows = await test.dataSource.query<{ detail: unknown }[]>('SELECT detail FROM audit_events');
    const trail = JSON.stringify(rows);

    expect(trail).toContain('phone');
    expect(trail).not.toMatch(/138\d{8}/);
  });

  describeTwoServers('at two servers', () => {
    it('opens one session for 100 requests at once with the same two codes', async () => {
      const sibling = await test.sibling();
      const twice = await codes('rosa');
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => login(twice, i % 2 ? test : sibling)));

      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
      expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
      await sibling.close();
    });
  });
});
