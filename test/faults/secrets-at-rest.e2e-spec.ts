import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { DerivedKeys } from '../../src/platform/encryption/derived-keys.js';
import { SealBrokenError, SecretBox } from '../../src/platform/encryption/secret-box.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { reply, startWechatStandIn, type WechatStandIn } from '../support/wechat-stand-in.js';

const ALICE = { openid: 'oAlice', session_key: 'IT7jqiSiKcaOkZjmU00000==' };
const BOB = { openid: 'oBob', session_key: 'BT7jqiSiKcaOkZjmU11111==' };
const APP_ID = 'wx0000000000000001';
const PASSWORD = 'Blue-Kettle7';

let codes = 0;

describe('secrets at rest', () => {
  let wechat: WechatStandIn;
  let test: TestApp;
  let tokens: TokensDto;
  beforeAll(async () => {
    wechat = await startWechatStandIn();
    test = await startTestApp({ WECHAT_API_BASE_URL: wechat.url });
    tokens = await login(ALICE);
    await login(BOB);
    await test.client.post('/api/v1/auth/register', { username: 'Alice01', password: PASSWORD });
  });
  afterAll(async () => {
    await test?.close();
    await wechat?.close();
  });

  const login = async (identity: object): Promise<TokensDto> => {
    wechat.answer = reply(identity);
    const { status, body } = await test.client.post<TokensDto>('/api/v1/auth/wechat', {
      code: `the-code-of-alice-${++codes}`,
    });
    expect(status).toBe(200);
    return body;
  };
  const sealedKeyOf = async (openid: string): Promise<string> => {
    const sql = 'SELECT session_key_encrypted AS sealed FROM wechat_accounts WHERE app_id = ? AND openid = ?';
    const [row] = await test.dataSource.query<{ sealed: string }[]>(sql, [APP_ID, openid]);
    return row!.sealed;
  };
  const boxOf = (secret: string, previous: string[] = []) =>
    new SecretBox(new DerivedKeys({ APP_SECRET: secret, APP_SECRET_PREVIOUS: previous } as unknown as Environment));

  it('keep the session_key so that this server can read it, for its own row only', async () => {
    const box = test.app.get(SecretBox);
    const sealed = await sealedKeyOf(ALICE.openid);

    expect(sealed).toMatch(/^[\da-f]{8}\.[\w-]{70}$/);
    expect(box.open(sealed, `${APP_ID}|${ALICE.openid}`).toString()).toBe(ALICE.session_key);
    for (const owner of [`${APP_ID}|${BOB.openid}`, `wx0000000000000002|${ALICE.openid}`, ALICE.openid, ''])
      expect(() => box.open(sealed, owner)).toThrow(SealBrokenError);
  });

  it('keep the session_key from whoever has the database and another APP_SECRET', async () => {
    const sealed = await sealedKeyOf(ALICE.openid);
    const owner = `${APP_ID}|${ALICE.openid}`;

    expect(boxOf(test.environment.APP_SECRET).open(sealed, owner).toString()).toBe(ALICE.session_key);
    expect(() => boxOf('another-0123456789-0123456789-0123456789').open(sealed, owner)).toThrow('another APP_SECRET');
  });

  it('replace the session_key at each login, never with the same bytes', async () => {
    const before = await sealedKeyOf(ALICE.openid);
    await login(ALICE);
    const same = await sealedKeyOf(ALICE.openid);
    await login({ ...ALICE, session_key: 'CT7jqiSiKcaOkZjmU22222==' });
    const next = await sealedKeyOf(ALICE.openid);

    expect(new Set([before, same, next]).size).toBe(3);
    const opened = test.app.get(SecretBox).open(next, `${APP_ID}|${ALICE.openid}`).toString();
    expect(opened).toBe('CT7jqiSiKcaOkZjmU22222==');
  });

  it('are nowhere in the database files in clear', () => {
    const folder = test.environment.DATA_DIR;
    const files = readdirSync(folder).filter((name) => name.startsWith('wx-login.sqlite'));
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
    const keys = [ALICE, BOB].flatMap(({ session_key: key }) => [key, Buffer.from(key, 'base64')]);
    const secrets = [PASSWORD, 'the-code-of-alice', tokens.refreshToken, tokens.accessToken, 'PRIVATE KEY', ...keys];

    expect(bytes.includes('Alice01') && bytes.includes(ALICE.openid)).toBe(true); // these are the files
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
    expect(bytes.includes(Buffer.from(tokens.refreshToken.replace('wxr1_', ''), 'base64url'))).toBe(false);
  });
});
