import { WechatClient } from '../../../src/wechat/wechat.client.js';
import { SigningWechat } from '../../support/signing-wechat.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

const APP_ID = 'wx00000000000051a9';

describe('An app with API signing', () => {
  let test: TestApp;
  let signingWechat: SigningWechat;
  beforeAll(async () => {
    signingWechat = new SigningWechat(APP_ID, () => test.clock.nowSeconds());
    const signing = signingWechat.settings();
    test = await startTestApp({
      WECHAT_API_BASE_URL: await signingWechat.start(),
      WECHAT_APPS: JSON.stringify([{ id: APP_ID, secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', signing }]),
    });
    test.watch.keepSecret('the symmetric key', signing.symmetricKey);
    test.watch.keepSecret('the private key', signing.privateKey.split('\n')[1]);
  });
  afterAll(async () => {
    await test?.close();
    await signingWechat?.close();
  });

  it('gets phone numbers signed and encrypted in both directions', async () => {
    const phone = await test.app
      .get(WechatClient)
      .getPhoneNumber({ appId: APP_ID, code: 'a-phone-code', openid: 'oSignedCaller' });

    expect(phone.phoneNumber).toBe('+8613900139000');
    expect(signingWechat.seen.map(({ path }) => path)).toEqual([
      '/cgi-bin/stable_token',
      '/wxa/business/getuserphonenumber',
    ]);
    expect(signingWechat.seen.at(-1)!.body).not.toContain('a-phone-code');
  });
});
