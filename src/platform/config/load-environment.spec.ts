import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentSchema } from './environment.schema.js';
import { ConfigurationError, loadEnvironment } from './load-environment.js';

const APP_SECRET = 'Zq8vN2xL5kR9wT3yB7mC1pD6fG4hJ0sA';
const given = (variables: Record<string, string>) => loadEnvironment({ APP_SECRET, ...variables });

function problemsOf(variables: Record<string, string>): string[] {
  try {
    given(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('loadEnvironment', () => {
  it('needs nothing outside production', () => {
    expect(given({})).toMatchObject({
      ...{ NODE_ENV: 'development', isProduction: false, HOST: '127.0.0.1', PORT: 3000, TRUSTED_PROXIES: [] },
      ...{ ACCESS_TOKEN_TTL: 900, REFRESH_TOKEN_TTL: 604_800, SESSION_MAX_TTL: 2_592_000, BCRYPT_COST: 12 },
      WECHAT_API_BASE_URL: 'http://127.0.0.1:3001',
      WECHAT_APPS: [{ id: 'wx0000000000000001' }],
    });
  });

  it.each(Object.keys(environmentSchema.shape).filter((name) => name !== 'APP_SECRET'))(
    'takes an empty %s, as a compose file may have it, for one that is not set',
    (name) => {
      const key = name as keyof ReturnType<typeof given>;
      expect(given({ [name]: '' })[key]).toEqual(given({})[key]);
    },
  );

  it('reads lists, and leaves out what is empty in them', () => {
    expect(given({ TRUSTED_PROXIES: ' 127.0.0.1, ,10.0.0.0/8,' }).TRUSTED_PROXIES).toEqual(['127.0.0.1', '10.0.0.0/8']);
  });

  it('reads one app from two variables, and several from a list', () => {
    const [id, secret] = ['wx00000000000000aa', '0123456789abcdef0123'];
    const apps = [
      { id, secret },
      { id: 'wx00000000000000bb', secret, name: 'second' },
    ];

    expect(given({ WECHAT_APP_ID: id, WECHAT_APP_SECRET: secret }).WECHAT_APPS).toEqual([{ id, secret }]);
    expect(given({ WECHAT_APPS: JSON.stringify(apps) }).WECHAT_APPS).toEqual(apps);
  });

  it('asks the real WeChat as soon as a real app is configured', () => {
    const app = { WECHAT_APP_ID: 'wx00000000000000aa', WECHAT_APP_SECRET: '0123456789abcdef0123' };

    expect(given(app).WECHAT_API_BASE_URL).toBe('https://api.weixin.qq.com');
    expect(given({ ...app, WECHAT_API_BASE_URL: 'http://127.0.0.1:9' }).WECHAT_API_BASE_URL).toBe('http://127.0.0.1:9');
  });

  it('wants AppID and AppSecret together', () => {
    expect(problemsOf({ WECHAT_APP_ID: 'wx00000000000000aa' })).toEqual([expect.stringMatching(/WECHAT_APP_SECRET/)]);
    expect(problemsOf({ WECHAT_APP_SECRET: '0123456789abcdef0123' })).toEqual([expect.stringMatching(/WECHAT_APP_ID/)]);
  });
});

const MARK = 'hunter2-value-that-must-not-be-shown';
const WRONG: Record<string, string[]> = {
  NODE_ENV: [MARK, 'Production', 'prod'],
  PORT: [MARK, '-1', '65536', '3000.5', '3000;'],
  LOG_LEVEL: [MARK, 'INFO'],
  TRUSTED_PROXIES: [MARK, '10.0.0.0/33', '10.0.0', '127.0.0.1,proxy.local', '10.0.0.0/8/8', '0.0.0.0/0', '*', 'true'],
  DATABASE_URL: [MARK, `postgres://user:${MARK}@host/db`, `mysql:/${MARK}`, `${MARK}@host:3306`],
  DATABASE_POOL_SIZE: [MARK, '0', '201', '1.5'],
  APP_SECRET: ['too short', '中文'.repeat(5)],
  APP_SECRET_PREVIOUS: ['too short', `${'long enough '.repeat(3)},short`],
  WECHAT_APPS: [MARK, '[]', 'null', '{}', `["${MARK}"]`, `[{"id":"${MARK}","secret":"${MARK}"}]`],
  WECHAT_APP_ID: [MARK, 'wx123', 'WX00000000000000AA'],
  WECHAT_APP_SECRET: ['short'],
  WECHAT_API_BASE_URL: [MARK, `ftp://${MARK}`, '//api.weixin.qq.com', 'api.weixin.qq.com'],
  ACCESS_TOKEN_TTL: [MARK, '0', '-900', '15m', '1e-3'],
  REFRESH_TOKEN_TTL: [MARK, '0', '7d'],
  SESSION_MAX_TTL: [MARK, '0', 'NaN'],
  REVOCATION_POLL_MS: [MARK, '49', '60001'],
  REVOCATION_STALE_MS: [MARK, '99', '600001'],
  SIGNING_KEY_MAX_AGE_DAYS: [MARK, '0', '30d'],
  BCRYPT_COST: [MARK, '3', '17', '12.5'],
  PASSWORD_MIN_LENGTH: [MARK, '7', '65'],
  RATE_LIMIT_PER_MINUTE: [MARK, '0', '-1', 'Infinity'],
};

describe('a wrong variable', () => {
  it.each(Object.entries(WRONG))('%s is named, and its value is not shown', (name, values) => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });

      expect({ value, problems }).toEqual({ value, problems: expect.arrayContaining([expect.stringMatching(name)]) });
      expect(problems.join('\n')).not.toContain(value.length > 8 ? value : MARK);
      expect(problems.join('\n')).not.toContain(MARK);
    }
  });

  it('is named beside every other wrong one', () => {
    const names = Object.keys(WRONG);
    const message = problemsOf(Object.fromEntries(names.map((name) => [name, WRONG[name]![0]!]))).join('\n');

    expect(names.filter((name) => !message.includes(name))).toEqual([]);
  });

  it('is named in the words of both languages, one to a line', () => {
    const load = () => given({ PORT: 'x', BCRYPT_COST: 'y' });

    expect(load).toThrow(/^配置有误 \/ Configuration problems:\n {2}- PORT: .*\n {2}- BCRYPT_COST: .*$/);
  });
});

describe('APP_SECRET outside production', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'wx-login-config-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = () => loadEnvironment({ DATA_DIR: join(folder, 'data') });
  const file = () => join(folder, 'data', 'app-secret');

  it('is made once, and is the same at the next start', () => {
    const { APP_SECRET: first } = load();

    expect(first).toMatch(/^[\w-]{64}$/);
    expect(load().APP_SECRET).toBe(first);
    expect(loadEnvironment({ DATA_DIR: join(folder, 'other') }).APP_SECRET).not.toBe(first);
  });

  it('is readable by nobody else', () => {
    load();

    expect((statSync(file()).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(folder, 'data')).mode & 0o777).toString(8)).toBe('700');
    expect(readdirSync(join(folder, 'data'))).toEqual(['app-secret']);
  });

  it('is read without the line end an editor leaves', () => {
    load();
    writeFileSync(file(), `${APP_SECRET}\n`);

    expect(load().APP_SECRET).toBe(APP_SECRET);
  });

  it('is not made when one is given, nor in production', () => {
    loadEnvironment({ DATA_DIR: folder, APP_SECRET });
    expect(() => loadEnvironment({ DATA_DIR: folder, NODE_ENV: 'production' })).toThrow(ConfigurationError);

    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8');
  const lines = example.split('\n').filter((line) => /^[A-Z]/.test(line));

  it('lists exactly the variables that are read', () => {
    expect(lines.map((line) => line.split('=')[0]).sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  it('sets none of them, so that a copy of it changes nothing', () => {
    expect(lines.filter((line) => !line.endsWith('='))).toEqual([]);
  });
});
