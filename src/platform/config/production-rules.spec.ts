import { isWeakSecret } from './app-secret.js';
import { SIMULATOR_APP } from './environment.js';
import { ConfigurationError, loadEnvironment } from './load-environment.js';

const STRONG = 'Zq8vN2xL5kR9wT3yB7mC1pD6fG4hJ0sA';
const GOOD = {
  NODE_ENV: 'production',
  APP_SECRET: STRONG,
  DATABASE_URL: 'mysql://user:password@host/database',
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_APP_SECRET: 'f3a9c2d8e1b7460598acbd1e2f304857',
};

function problemsOf(variables: Record<string, string | undefined>): string[] {
  try {
    loadEnvironment({ ...GOOD, ...variables });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('production', () => {
  it('starts with a good configuration, and asks the real WeChat', () => {
    const environment = loadEnvironment(GOOD);

    expect(environment).toMatchObject({ isProduction: true, WECHAT_API_BASE_URL: 'https://api.weixin.qq.com' });
  });

  it('has no secret by default', () => {
    expect(problemsOf({ APP_SECRET: undefined })).toEqual([expect.stringMatching(/^APP_SECRET: required/)]);
    expect(problemsOf({ APP_SECRET: '' })).toEqual([expect.stringMatching(/^APP_SECRET: required/)]);
  });

  it.each([
    ['too short', 'Zq8vN2xL5kR9wT3yB7mC1pD6fG4hJ0s'],
    ['one character', 'a'.repeat(64)],
    ['a few characters', 'abcabcabc'.repeat(8)],
    ['an example', 'this-is-an-EXAMPLE-0123456789-abcdef'],
    ['a placeholder', 'change_me_change_me_0123456789_abcdef'],
    ['a placeholder', 'changeme-0123456789-0123456789-abcdef'],
    ['a placeholder', 'your-app-key-here-0123456789-abcdefghi'],
    ['its own name', 'my-super-secret-0123456789-abcdefghijk'],
    ['a password', 'Password-0123456789-abcdefghijklmnopq'],
  ])('refuses an APP_SECRET that is %s', (_, secret) => {
    const problems = problemsOf({ APP_SECRET: secret });

    expect(problems).toEqual([expect.stringMatching(/^APP_SECRET: /)]);
    expect(problems.join()).not.toContain(secret);
  });

  it.each([
    ['the simulator’s app', { WECHAT_APP_ID: SIMULATOR_APP.id, WECHAT_APP_SECRET: SIMULATOR_APP.secret }],
    ['the simulator’s app with another secret', { WECHAT_APP_ID: SIMULATOR_APP.id }],
    [
      'the simulator’s app among others',
      {
        WECHAT_APPS: JSON.stringify([
          { id: GOOD.WECHAT_APP_ID, secret: GOOD.WECHAT_APP_SECRET },
          { id: SIMULATOR_APP.id, secret: GOOD.WECHAT_APP_SECRET },
        ]),
      },
    ],
    ['no app', { WECHAT_APP_ID: undefined, WECHAT_APP_SECRET: undefined }],
    ['an AppSecret that is an example', { WECHAT_APP_SECRET: 'x'.repeat(32) }],
  ])('refuses %s', (_, variables) => {
    expect(problemsOf(variables)).toEqual([expect.stringMatching(/^WECHAT_APPS: /)]);
  });

  it.each(['http://api.weixin.qq.com', 'http://127.0.0.1:3001', 'http://simulator:3001', 'HTTP://api.weixin.qq.com'])(
    'refuses to ask WeChat at %s',
    (url) => {
      expect(problemsOf({ WECHAT_API_BASE_URL: url })).toEqual([
        expect.stringMatching(/^WECHAT_API_BASE_URL: must be https/),
      ]);
    },
  );

  it('refuses a bcrypt cost below 10', () => {
    expect(problemsOf({ BCRYPT_COST: '9' })).toEqual([expect.stringMatching(/^BCRYPT_COST: at least 10/)]);
    expect(problemsOf({ BCRYPT_COST: '10' })).toEqual([]);
  });

  it('refuses a weak secret among the previous ones too', () => {
    const weak = 'change_me_change_me_0123456789_abcdef';
    const problems = problemsOf({ APP_SECRET_PREVIOUS: `${STRONG.toLowerCase()},${weak}` });

    expect(problems).toEqual([expect.stringMatching(/^APP_SECRET_PREVIOUS: /)]);
    expect(problems.join()).not.toContain(weak);
  });

  it('names everything that is wrong at once', () => {
    const problems = problemsOf({
      ...{ APP_SECRET: undefined, BCRYPT_COST: '4', WECHAT_API_BASE_URL: 'http://simulator' },
      ...{ WECHAT_APP_ID: undefined, WECHAT_APP_SECRET: undefined },
    });

    const names = problems.map((problem) => problem.split(':')[0]);
    expect(names.sort()).toEqual(['APP_SECRET', 'BCRYPT_COST', 'WECHAT_API_BASE_URL', 'WECHAT_APPS']);
  });
});

describe('isWeakSecret', () => {
  it('lets random secrets pass, as the commands of the documentation make them', () => {
    for (const secret of [STRONG, '3q2+7w8Zt5XyLk1NbVcRfGhJmQpSdAeU', 'f3a9c2d8e1b7460598acbd1e2f304857'])
      expect(isWeakSecret(secret)).toBe(false);
  });
});
