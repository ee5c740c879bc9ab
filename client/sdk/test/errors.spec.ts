import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { AuthError } from '../src/index.js';
import { CLIENT_TEXTS } from '../src/errors/client-texts.js';
import { problem } from './fake-server.js';
import { ALICE, DOORS, failure, firstLaunch, inVirtualTime, loggedIn } from './story.js';

const ERRORS_SCRIPT = join(__dirname, '../../../scripts/errors.mjs');

describe('the codes of the server', () => {
  it('are those of docs/errors.md, as `npm run errors` writes them', () => {
    expect(() => execFileSync(process.execPath, [ERRORS_SCRIPT, '--check'])).not.toThrow();
  });
});

describe('AuthError', () => {
  inVirtualTime();

  it('tells what the server says: code, status, title, fields, request', async () => {
    const { client, server } = await loggedIn();
    const errors = [{ field: 'username', code: 'isUsername', message: '用户名须为 3–20 位字母或数字' }];
    server.instead = ({ path }) =>
      path === DOORS.register ? problem(400, 'request.invalid', { title: '请求参数有误', errors }) : undefined;

    const error = await failure(client.register({ ...ALICE, username: 'a' }));

    expect(error).toBeInstanceOf(AuthError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      ...{
        name: 'AuthError',
        code: 'request.invalid',
        status: 400,
        message: '请求参数有误',
        requestId: 'req-1',
        errors,
      },
      cause: { code: 'request.invalid' },
    });
    expect(error.stack).toContain('AuthError');
  });

  it('asks the server for its language', async () => {
    const { phone } = await loggedIn();
    const languages: unknown[] = [];
    const request = phone.wx().request.bind(phone.wx());
    phone.overrides = {
      request: (options) => (
        languages.push((options.header as Record<string, string>)['Accept-Language']),
        request(options)
      ),
    };
    for (const locale of [undefined, 'zh', 'en'] as const)
      await failure(
        phone
          .launch({ locale })
          .request('/none')
          .then(() => Promise.reject(new Error())),
      );

    expect(languages).toEqual(['zh', 'zh', 'en']);
  });

  it.each([
    ['zh', '网络不可用，请检查网络连接'],
    ['en', 'No network connection'],
  ] as const)('speaks of the phone’s own troubles in %s', async (locale, message) => {
    const { client, phone } = firstLaunch({ locale });
    phone.fate = () => 'offline';

    expect(await failure(client.request('/orders'))).toMatchObject({ code: 'client.offline', message });
  });

  it('has a text in both languages for every trouble', () => {
    const rows = CLIENT_TEXTS.trim()
      .split('\n')
      .map((line) => line.split('|'));

    expect(rows.filter((row) => row.length < 3 || row.some((text) => !text))).toEqual([]);
    expect(rows.filter(([, zh]) => !/[一-龥]/.test(zh!))).toEqual([]);
    expect(rows.filter(([, , en]) => !/^[\x20-\x7e]+$/.test(en!))).toEqual([]);
    expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
  });
});
