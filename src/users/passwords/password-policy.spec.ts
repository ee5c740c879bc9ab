import type { Environment } from '../../platform/config/environment.js';
import { PasswordTooWeakError } from '../users.errors.js';
import { PasswordPolicy } from './password-policy.js';

const policy = new PasswordPolicy({ PASSWORD_MIN_LENGTH: 8 } as Environment);

function brokenRules(password: string, username = 'Alice01', by = policy): string[] {
  try {
    by.require(password, username);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(PasswordTooWeakError);
    return ((error as PasswordTooWeakError).fields ?? []).map(({ code }) => code);
  }
}

describe('PasswordPolicy', () => {
  it.each(['Blue-Kettle7', 'Blue kettle', 'Ünïque-Kettle', 'Kettle密码-蓝', 'Кухня-Чайник'])(
    'allows %s',
    (password) => {
      expect(brokenRules(password)).toEqual([]);
    },
  );

  it.each([
    ['Blue-Ke', 'tooShort'],
    ['blue-kettle7', 'noUpperCase'],
    ['BLUE-KETTLE7', 'noLowerCase'],
    ['BlueKettle77', 'noSpecialCharacter'],
    ['Password1!', 'common'],
  ])('names the one rule that %s breaks: %s', (password, rule) => {
    expect(brokenRules(password)).toEqual([rule]);
  });

  it('names every broken rule at once', () => {
    expect(brokenRules('1234567')).toEqual(['tooShort', 'noUpperCase', 'noLowerCase', 'noSpecialCharacter', 'common']);
  });

  it.each(['Alice01', 'aLICE01', 'ＡＬＩＣＥ０１'])('refuses the username as the password, here as %s', (password) => {
    expect(brokenRules(password)).toContain('sameAsUsername');
  });

  it('counts characters as people do, not UTF-16 units', () => {
    expect(brokenRules('Ab-🔑🔑🔑🔑')).toEqual(['tooShort']);
    expect(brokenRules('Ab-🔑🔑🔑🔑🔑')).toEqual([]);
  });

  it('judges what is hashed: characters that Unicode calls the same are the same here', () => {
    expect(brokenRules('Ｐａｓｓｗｏｒｄ１！')).toEqual(['common']);
    expect(brokenRules('E\u0301e\u0301o\u0301-u\u0301')).toEqual(['tooShort']);
  });

  it('asks for the configured length', () => {
    const strict = new PasswordPolicy({ PASSWORD_MIN_LENGTH: 14 } as Environment);

    expect(brokenRules('Blue-Kettle7', 'Alice01', strict)).toEqual(['tooShort']);
    expect(brokenRules('Blue-Kettle7-x', 'Alice01', strict)).toEqual([]);
  });

  it('explains each broken rule in both languages', () => {
    let thrown: unknown;
    try {
      policy.require('x', 'X');
    } catch (error) {
      thrown = error;
    }

    const fields = (thrown as PasswordTooWeakError).fields!;
    expect(fields.length).toBeGreaterThan(3);
    for (const { field, message } of fields) {
      expect(field).toBe('password');
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(message.en).toMatch(/^(must|is) /);
    }
  });
});
