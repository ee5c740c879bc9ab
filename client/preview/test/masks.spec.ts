import { masked, withoutSecrets } from '../src/server/masks.js';

const LONG = 'wxr1_0123456789abcdef0123456789abcdef';

describe('masked', () => {
  it('shows enough of a long secret to tell it from another, and nothing of a short one', () => {
    expect(masked(LONG)).toBe('wxr1…cdef');
    expect(masked('hunter2')).toBe('••••••');
  });
});

describe('withoutSecrets', () => {
  it.each([
    'accessToken',
    'refreshToken',
    'code',
    'loginCode',
    'phoneCode',
    'js_code',
    'secret',
    'session_key',
    'openid',
    'unionid',
  ])('masks %s at any depth', (name) => {
    expect(JSON.stringify(withoutSecrets({ a: [{ [name]: LONG }] }))).not.toContain(LONG);
  });

  it('shows nothing of a password', () => {
    expect(withoutSecrets({ password: 'Blue-Kettle7-Blue-Kettle7', newPassword: 'x' })).toEqual({
      password: '••••••',
      newPassword: '••••••',
    });
  });

  it('keeps the code of an error, and what is no secret', () => {
    const problem = { title: '账号或密码错误', status: 401, code: 'auth.invalid_credentials', requestId: LONG };
    expect(withoutSecrets(problem)).toEqual(problem);
    expect(withoutSecrets({ tokenType: 'Bearer', user: { id: '7', phone: null } })).toEqual({
      tokenType: 'Bearer',
      user: { id: '7', phone: null },
    });
  });
});
