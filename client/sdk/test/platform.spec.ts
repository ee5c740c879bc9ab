import { FakePhone } from './fake-phone.js';
import { problem } from './fake-server.js';
import { DOORS, failure, firstLaunch, inVirtualTime, loggedIn, settled } from './story.js';

const PHONE_FAILURES = [
  [{ errMsg: 'getPhoneNumber:fail user deny' }, 'client.phone_refused'],
  [{ errMsg: 'getPhoneNumber:fail user cancel' }, 'client.phone_refused'],
  [{ errMsg: 'getPhoneNumber:fail no permission' }, 'client.phone_failed'],
  [{ errMsg: 'getPhoneNumber:fail', errno: 1400001 }, 'client.phone_quota'],
  [{ errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 }, 'client.privacy_refused'],
  [{ errMsg: 'getPhoneNumber:fail privacy permission is not authorized' }, 'client.privacy_refused'],
  [
    { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement', errno: 112 },
    'client.privacy_undeclared',
  ],
  [{}, 'client.phone_failed'],
] as const;

describe('the phone number button', () => {
  inVirtualTime();

  it('logs in with its own code and one of wx.login', async () => {
    const { client, server } = firstLaunch();

    const { user } = await settled(
      client.loginWithPhone({ detail: { code: 'phone-code', errMsg: 'getPhoneNumber:ok' } }),
    );

    expect(user.id).toBe('1000');
    const { body } = server.received.find(({ path }) => path === DOORS.phone)!;
    expect(body).toMatchObject({
      phoneCode: 'phone-code',
      loginCode: expect.stringMatching(/^code-/) as string,
      device: { platform: 'android' },
    });
  });

  it('keeps a login by phone alive silently, as it is WeChat’s', async () => {
    const { client, server, phone } = firstLaunch();
    await settled(client.loginWithPhone({ detail: { code: 'phone-code' } }));
    server.endSessions();

    expect(await settled(client.request('/orders'))).toBeDefined();
    expect(phone.logins).toBe(2);
  });

  it('binds a number to the account, and shows it at once', async () => {
    const { client, phone } = await loggedIn();

    expect(await settled(client.bindPhone({ detail: { code: 'phone-code' } }))).toEqual({ phone: '138****0001' });

    expect(client.user).toMatchObject({ phone: '138****0001' });
    expect(phone.kept).toMatchObject({ session: { user: { phone: '138****0001' } } });
  });

  it.each(PHONE_FAILURES)('that answers %j says %s', async (detail, code) => {
    const { client, server } = await loggedIn();

    for (const failed of [client.loginWithPhone({ detail }), client.bindPhone({ detail })]) {
      const error = await failure(failed);
      expect(error).toMatchObject({ code, status: 0 });
      expect(error.message).toMatch(/[一-龥]/);
      if ('errno' in detail) expect(error.errno).toBe(detail.errno);
    }
    expect(server.received).toEqual([]);
  });

  it('says what the server says of the code', async () => {
    const { client, server } = await loggedIn();
    server.instead = ({ path }) => (path === DOORS.phone ? problem(400, 'wechat.phone_code_invalid') : undefined);

    expect(await failure(client.loginWithPhone({ detail: { code: 'spent' } }))).toMatchObject({
      code: 'wechat.phone_code_invalid',
    });
    expect(client.user).not.toBeNull();
  });
});

describe('requirePrivacy', () => {
  inVirtualTime();

  const asking = (
    answer: (callbacks: {
      success?: (ok: unknown) => void;
      fail?: (failure: { errMsg: string; errno?: number }) => void;
    }) => void,
  ) => {
    const phone = new FakePhone();
    phone.overrides = { requirePrivacyAuthorize: answer };
    return phone.launch();
  };

  it('resolves when the user has agreed, also after a long time of reading', async () => {
    const client = asking(({ success }) => void setTimeout(() => success?.({}), 600_000));
    const asked = client.requirePrivacy();
    await jest.advanceTimersByTimeAsync(600_000);

    expect(await settled(asked)).toBeUndefined();
  });

  it('resolves on base libraries that do not know it', async () => {
    expect(await settled(new FakePhone().launch().requirePrivacy())).toBeUndefined();
  });

  it('tells a refusal from what the developer has to settle', async () => {
    const refused = asking(({ fail }) =>
      fail?.({ errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized', errno: 104 }),
    );
    const undeclared = asking(({ fail }) =>
      fail?.({ errMsg: 'requirePrivacyAuthorize:fail api scope is not declared in the privacy agreement', errno: 112 }),
    );

    const errors = [await failure(refused.requirePrivacy()), await failure(undeclared.requirePrivacy())];

    expect(errors.map(({ code, errno }) => [code, errno])).toEqual([
      ['client.privacy_refused', 104],
      ['client.privacy_undeclared', 112],
    ]);
    expect(errors[0]!.message).not.toBe(errors[1]!.message);
    expect(errors[1]!.message).toContain('微信公众平台');
  });
});
