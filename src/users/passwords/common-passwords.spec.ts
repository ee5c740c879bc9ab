import { isCommonPassword } from './common-passwords.js';

describe('isCommonPassword', () => {
  it.each(['password', 'Password1!', 'P@ssw0rd', 'P@$$w0rd2024', '!!Passw0rd!!', 'P.a.s.s.w.o.r.d'])(
    'sees through decoration: %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['Admin@123', 'Qwerty123!', 'Welcome1!', 'Abc123!@#', 'Abcd1234!', 'Iloveyou1!', 'Woaini1314!', 'Test@1234'])(
    'knows the first guesses of an attacker: %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['WxLogin2026!', 'WeChat@888', 'Weixin#2026', 'Tencent.2026'])(
    'knows the names of this product and its platform: %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['1qaz@WSX', '!QAZ2wsx', 'Qwer1234!', 'Zxcv1234!', 'Asd123!@#', 'Zxc123!@#'])(
    'knows walks over the keyboard: %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['Aa123456!', 'Aa@123456', 'A123456a!', 'Qq123456!'])(
    'knows %s, the shortest way round a policy',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['12345678', '!!!!!!!!', '2024-01-01', ''])(
    'calls a password without any letter common: "%s"',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['Blue-Kettle7', 'PasswordlessLife-9', 'Monkey-Business-On-Mars', 'Xq7!mPz2', 'Kettle密码-蓝'])(
    'leaves alone what only contains a common word or none: %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
