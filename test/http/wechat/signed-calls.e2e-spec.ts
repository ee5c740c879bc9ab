import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { WechatClient } from '../../../src/wechat/wechat.client.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { APP_ID, codeOf, somebody, WechatConsole } from '../../support/wechat-console.js';

const PHONE = '/wxa/business/getuserphonenumber';
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

const ours = rsa();
const symmetricKey = randomBytes(32).toString('base64');
const [known, successor] = [
  { serial: 'KNOWN', ...rsa() },
  { serial: 'SUCCESSOR', ...rsa() },
];

// What the owner has copied from WeChat's console, before WeChat made the successor.
const signing = {
  symmetricKeySn: 'key-1',
  symmetricKey,
  privateKey: privatePem(ours.privateKey),
  platformCertificates: [{ serial: known.serial, certificate: publicPem(known.publicKey) }],
};

describe('An app with API signing', () => {
  let test: TestApp;
  let console: WechatConsole;
  beforeEach(async () => {
    const secret = '51b0a1a7e5c94d0f8a3b6c2d1e0f9a8b';
    test = await startTestApp({ WECHAT_APPS: JSON.stringify([{ id: APP_ID, secret, signing }]) });
    console = new WechatConsole(test);
    test.watch.keepSecret('the symmetric key', symmetricKey);
    test.watch.keepSecret('the private key', signing.privateKey.split('\n')[1]);
  });
  afterEach(() => test?.close());

  async function wechatHas(settings: object, platformKeys = [known]): Promise<void> {
    await console.setApp({
      signing: {
        ...{ symmetricKeySn: 'key-1', symmetricKey, publicKey: publicPem(ours.publicKey) },
        platformKeys: platformKeys.map(({ serial, privateKey }) => ({ serial, privateKey: privatePem(privateKey) })),
        ...settings,
      },
    });
  }

  async function askForPhone(): Promise<string> {
    const { openid } = await somebody(test, 'alice');
    const code = await console.phoneCode('alice', '+8613900139000');
    const phone = await test.app.get(WechatClient).getPhoneNumber({ appId: APP_ID, code, openid });
    expect(JSON.stringify((await console.calls(PHONE)).at(-1)!.body)).not.toContain(code);
    return phone.phoneNumber;
  }

  it('speaks to WeChat signed and encrypted where WeChat takes that, and plainly elsewhere', async () => {
    await wechatHas({});

    expect(await askForPhone()).toBe('+8613900139000');
    const identity = await somebody(test, 'alice');
    expect(await test.app.get(WechatClient).isSessionKeyValid(identity)).toBe(true);
    expect(await test.app.get(WechatClient).getRiskRank({ ...identity, clientIp: '203.0.113.9' })).toBe(0);
  });

  it('goes on while WeChat replaces its certificate', async () => {
    await wechatHas({}, [successor, known]);

    expect(await askForPhone()).toBe('+8613900139000');
  });

  it('trusts no answer that is signed with a certificate it does not know', async () => {
    await wechatHas({}, [successor]);

    expect(await codeOf(askForPhone())).toBe('wechat.unavailable');
  });

  it('trusts no answer that says it is the known certificate’s and is not', async () => {
    await wechatHas({}, [{ ...successor, serial: known.serial }]);

    expect(await codeOf(askForPhone())).toBe('wechat.unavailable');
  });

  it.each([
    ['another public key of ours', { publicKey: publicPem(successor.publicKey) }],
    ['another symmetric key', { symmetricKey: randomBytes(32).toString('base64') }],
    ['no key of ours', { publicKey: undefined }],
  ])('says in the log what to do when WeChat has %s', async (_what, settings) => {
    await wechatHas(settings);

    expect(await codeOf(askForPhone())).toBe('wechat.misconfigured');
    expect(test.watch.lines.filter((line) => line.includes('"fix"'))).toHaveLength(1);
  });
});
