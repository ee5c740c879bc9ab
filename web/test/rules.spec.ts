/** @jest-environment jsdom */
import { emailRules, httpsRules, passwordMinLength, passwordProblem, usernameRules } from '../src/forms/rules.js';
import type { Translate } from '../src/i18n/i18n.js';

const t = ((key: string) => key) as unknown as Translate;

interface Validating {
  validator?: (rule: object, value: unknown) => Promise<void>;
}

/** What the rules of one sentence say of a value; nothing when all is well. */
async function said(rules: unknown[], value: string): Promise<string | undefined> {
  for (const { validator } of rules as Validating[]) {
    const problem = await validator?.({}, value).catch((error: Error) => error.message);
    if (problem) return problem;
  }
  return undefined;
}

describe('the rules of the forms', () => {
  it.each(['abc', 'Alice01', 'a'.repeat(20)])('take the username %s', async (name) => {
    expect(await said(usernameRules(t), name)).toBeUndefined();
  });

  it.each(['ab', 'a'.repeat(21), 'alice_01', 'alice 01', '小明小明'])('refuse the username %s', async (name) => {
    expect(await said(usernameRules(t), name)).toBe('rules.username');
  });

  it('leave an empty field to whether it is required', async () => {
    expect(await said(usernameRules(t), '')).toBeUndefined();
    expect(await said(emailRules(t), '')).toBeUndefined();
  });

  it.each([
    ['Aa@1', '密码至少 8 位', 'The password must have at least 8 characters'],
    ['blue-kettle', '密码须包含大写字母', 'The password must contain an upper-case letter'],
    ['BLUE-KETTLE', '密码须包含小写字母', 'The password must contain a lower-case letter'],
    ['BlueKettle7', '密码须包含特殊字符', 'The password must contain a special character'],
  ])('say of the password %s what the server would', (password, zh, en) => {
    expect(passwordProblem(password, { username: 'x', language: 'zh' })).toBe(zh);
    expect(passwordProblem(password, { username: 'x', language: 'en' })).toBe(en);
  });

  it('take a good password', () => {
    expect(passwordProblem('Blue-Kettle7', { username: 'Alice01', language: 'zh' })).toBeUndefined();
  });

  it('ask for as many characters as the server has written into the page', () => {
    document.head.innerHTML = '<meta name="password-min-length" content="14" />';

    expect(passwordMinLength()).toBe(14);
    expect(passwordProblem('Blue-Kettle7', { username: 'x', language: 'zh' })).toBe('密码至少 14 位');
  });

  it('take no avatar that a page over TLS could not show', async () => {
    expect(await said(httpsRules(t), 'https://example.com/a.png')).toBeUndefined();
    for (const url of ['http://example.com/a.png', 'javascript:alert(1)', 'https://', 'example.com'])
      expect(await said(httpsRules(t), url)).toBe('rules.url');
  });
});
