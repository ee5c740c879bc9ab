import { SIMULATOR_APP } from '../../src/platform/config/environment.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Fields, type PushSetting, type SignedPush, WechatPushes } from '../support/wechat-pushes.js';

const encodingAesKey = 'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c';
const SETTINGS: Record<string, PushSetting> = {
  wx0000000000000001: { token: 'PushToken01', mode: 'encrypted', format: 'json', encodingAesKey },
  wx0000000000000002: { token: 'PushToken02', mode: 'encrypted', format: 'xml', encodingAesKey },
  wx0000000000000003: { token: 'PushToken03', mode: 'plain', format: 'json' },
  wx0000000000000004: { token: 'PushToken04', mode: 'plain', format: 'xml' },
};
const [ENCRYPTED_JSON, ENCRYPTED_XML, PLAIN_JSON, PLAIN_XML] = Object.keys(SETTINGS) as [
  string,
  string,
  string,
  string,
];
const WITHOUT_PUSH = { id: 'wx0000000000000005', secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' };
const REFUSED = { status: 400, code: 'wechat.signature_invalid' };

describe('/api/v1/wechat/events/:appId', () => {
  let test: TestApp;
  let pushes: Record<string, WechatPushes>;
  let messages = 0;

  beforeAll(async () => {
    const apps = Object.entries(SETTINGS).map(([id, push]) => ({ id, secret: SIMULATOR_APP.secret, push }));
    test = await startTestApp({ WECHAT_APPS: JSON.stringify([...apps, WITHOUT_PUSH]) });
    pushes = Object.fromEntries(Object.entries(SETTINGS).map(([id, push]) => [id, new WechatPushes(test, id, push)]));
  });
  afterAll(() => test?.close());

  const message = (fields: Fields = {}): Fields => ({
    ...{ ToUserName: 'gh_1', FromUserName: 'o-from', CreateTime: 1_714_112_445 + messages++, MsgType: 'event' },
    ...{ Event: 'user_info_modified', OpenID: 'oNobodyWeKnow', ...fields },
  });
  const recorded = async (): Promise<number> => {
    const [row] = await test.dataSource.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM push_events');
    return Number(row!.n);
  };
  const answerTo = async (appId: string, push: SignedPush) => {
    const { status, body } = await pushes[appId]!.send(push);
    return { status, code: (body as unknown as { code?: string }).code };
  };
  const expectRefused = async (appId: string, push: SignedPush, refusal: object = REFUSED) => {
    const before = await recorded();
    expect(await answerTo(appId, push)).toEqual(refusal);
    expect(await recorded()).toBe(before);
  };

  describe('GET: the check of the address', () => {
    const echostr = '4375120948345356249';

    it.each(Object.keys(SETTINGS))('gives the echostr of a signed request back as plain text: %s', async (appId) => {
      const { signature, timestamp, nonce } = pushes[appId]!.sign({}).query;
      const answer = await pushes[appId]!.checkUrl({
        signature: signature!,
        timestamp: timestamp!,
        nonce: nonce!,
        echostr,
      });

      expect(answer).toMatchObject({ status: 200, text: echostr });
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    });

    it('refuses a wrong, an old and a missing signature', async () => {
      const { signature, timestamp, nonce } = pushes[PLAIN_JSON]!.sign({}).query as Record<string, string>;
      const old = pushes[PLAIN_JSON]!.sign({}, { at: test.clock.nowSeconds() - 301 }).query;
      for (const query of [{ signature, timestamp, nonce: `${nonce}0` }, old, { timestamp, nonce }, {}]) {
        const answer = await pushes[PLAIN_JSON]!.checkUrl({ ...query, echostr } as Record<string, string>);
        expect(answer).toMatchObject({ status: 400, body: { code: REFUSED.code } });
      }
    });

    it.each(['wx00000000000000ff', WITHOUT_PUSH.id])('does not know the mini-program %s', async (appId) => {
      const answer = await test.client.get(`/api/v1/wechat/events/${appId}?signature=x&timestamp=1&nonce=1&echostr=1`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'wechat.app_unknown' } });
    });
  });

  describe('POST: a push', () => {
    it.each(Object.keys(SETTINGS))('is recorded and answered with "success" as plain text: %s', async (appId) => {
      const before = await recorded();
      const answer = await pushes[appId]!.push(message());

      expect(answer).toMatchObject({ status: 200, text: 'success' });
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await recorded()).toBe(before + 1);
    });

    it.each(['application/json', 'text/xml', 'application/xml', 'text/plain', 'application/octet-stream'])(
      'is read in the configured format, whatever its content type says: %s',
      async (contentType) => {
        const answer = await pushes[PLAIN_XML]!.send({ ...pushes[PLAIN_XML]!.sign(message()), contentType });
        expect(answer).toMatchObject({ status: 200, text: 'success' });
      },
    );

    it('is answered also when nothing is to be done about it', async () => {
      const chat = { MsgType: 'text', Content: '你好', MsgId: 7, CreateTime: 1 };
      expect(await pushes[ENCRYPTED_JSON]!.push(chat)).toMatchObject({ status: 200, text: 'success' });
    });

    it('is refused without encryption when encryption is configured, with encrypt_type left out or kept', async () => {
      const { token } = SETTINGS[ENCRYPTED_JSON]!;
      const plain = new WechatPushes(test, ENCRYPTED_JSON, { token, mode: 'plain', format: 'json' }).sign(message());
      await expectRefused(ENCRYPTED_JSON, plain);
      await expectRefused(ENCRYPTED_JSON, { ...plain, query: { ...plain.query, encrypt_type: 'aes' } });
      await expectRefused(ENCRYPTED_JSON, { ...plain, query: { ...plain.query, encrypt_type: 'raw' } });
    });

    it('is refused with the plain signature in the place of msg_signature', async () => {
      const push = pushes[ENCRYPTED_JSON]!.sign(message());
      const { signature = '', timestamp = '', nonce = '' } = push.query;
      const query = { timestamp, nonce, encrypt_type: 'aes' };
      await expectRefused(ENCRYPTED_JSON, { ...push, query: { ...query, signature } });
      await expectRefused(ENCRYPTED_JSON, { ...push, query: { ...query, signature, msg_signature: signature } });
    });

    it.each([ENCRYPTED_JSON, ENCRYPTED_XML])('is refused with another app id inside: %s', async (appId) => {
      await expectRefused(appId, pushes[appId]!.sign(message(), { appId: PLAIN_JSON }));
    });

    it.each(Object.keys(SETTINGS))('is refused when it is more than five minutes off: %s', async (appId) => {
      const now = test.clock.nowSeconds();
      await expectRefused(appId, pushes[appId]!.sign(message(), { at: now - 301 }));
      await expectRefused(appId, pushes[appId]!.sign(message(), { at: now + 301 }));
    });

    it.each(Object.keys(SETTINGS))('is refused with a changed timestamp, nonce or token: %s', async (appId) => {
      const { query, ...push } = pushes[appId]!.sign(message());
      const other = new WechatPushes(test, appId, { ...SETTINGS[appId]!, token: 'AnotherToken' });
      await expectRefused(appId, { ...push, query: { ...query, timestamp: String(Number(query.timestamp) + 1) } });
      await expectRefused(appId, { ...push, query: { ...query, nonce: `${query.nonce}1` } });
      await expectRefused(appId, other.sign(message()));
    });

    it('is refused with a ciphertext that is not the signed one', async () => {
      const push = pushes[ENCRYPTED_JSON]!.sign(message());
      await expectRefused(ENCRYPTED_JSON, { ...push, body: pushes[ENCRYPTED_JSON]!.sign(message()).body });
    });

    it('is refused with cut-off base64, a wrong padding or no ciphertext, though well signed', async () => {
      const good = pushes[ENCRYPTED_JSON]!.encrypt('{}');
      const wrongPadding = Buffer.from(good, 'base64').subarray(0, 32).toString('base64');
      for (const encrypt of [good.slice(0, -3), `${good.slice(0, -4)} AA=`, wrongPadding, '', 'x'])
        await expectRefused(ENCRYPTED_JSON, pushes[ENCRYPTED_JSON]!.signEncrypt(encrypt));
    });

    it('is refused when its signature has brought another message, to whichever process', async () => {
      const sibling = await test.sibling();
      const captured = pushes[PLAIN_JSON]!.sign(message());
      const forged = { ...captured, body: JSON.stringify(message({ OpenID: 'oSomebodyElse' })) };

      expect(await pushes[PLAIN_JSON]!.send(captured)).toMatchObject({ status: 200 });
      await expectRefused(PLAIN_JSON, forged);
      expect(await pushes[PLAIN_JSON]!.send(forged, sibling)).toMatchObject({
        status: 400,
        body: { code: REFUSED.code },
      });
      await sibling.close();
    });

    it('is recorded once when the very same request is replayed', async () => {
      const push = pushes[ENCRYPTED_JSON]!.sign(message());
      await pushes[ENCRYPTED_JSON]!.send(push);
      const before = await recorded();

      expect(await pushes[ENCRYPTED_JSON]!.send(push)).toMatchObject({ status: 200, text: 'success' });
      expect(await recorded()).toBe(before);
    });

    it('is refused with a document type, be it a bomb of entities or empty', async () => {
      const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
      const bomb = `<!DOCTYPE xml [<!ENTITY l0 "ha">${entities}]><xml><Event>&l9;</Event></xml>`;
      const invalid = { status: 400, code: 'request.invalid' };
      await expectRefused(PLAIN_XML, pushes[PLAIN_XML]!.sign(bomb), invalid);
      await expectRefused(PLAIN_XML, pushes[PLAIN_XML]!.sign('<!doctype xml><xml><Event>e</Event></xml>'), invalid);
      await expectRefused(ENCRYPTED_XML, { ...pushes[ENCRYPTED_XML]!.sign(message()), body: bomb }, invalid);
      await expectRefused(ENCRYPTED_XML, pushes[ENCRYPTED_XML]!.sign(bomb), invalid);
    });

    it('is refused with a body of a megabyte', async () => {
      const push = { ...pushes[PLAIN_JSON]!.sign('x'.repeat(1_000_000)), contentType: 'text/xml' };
      await expectRefused(PLAIN_JSON, push, { status: 413, code: 'request.too_large' });
    });

    it('is refused in the other format, and without a body', async () => {
      const invalid = { status: 400, code: 'request.invalid' };
      await expectRefused(PLAIN_JSON, pushes[PLAIN_JSON]!.sign('<xml><Event>e</Event></xml>'), invalid);
      await expectRefused(PLAIN_XML, pushes[PLAIN_XML]!.sign('{"Event":"e"}'), invalid);
      await expectRefused(PLAIN_JSON, pushes[PLAIN_JSON]!.sign(''), invalid);
    });

    it('is refused when it is encrypted and the server was told that it is plain', async () => {
      await expectRefused(PLAIN_JSON, pushes[PLAIN_JSON]!.sign('{"ToUserName":"gh_1","Encrypt":"AAAA"}'));
    });

    it('opens other bodies than JSON on no other address', async () => {
      const answer = await test.client.post('/api/v1/auth/login', '<xml/>', {
        headers: { 'content-type': 'text/xml' },
      });
      expect(answer).toMatchObject({ status: 415, body: { code: 'request.unsupported_media_type' } });
    });
  });
});
