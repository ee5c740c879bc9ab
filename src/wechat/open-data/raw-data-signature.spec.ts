import { isRawDataSigned, isSignature } from './raw-data-signature.js';

// From WeChat's page "开放数据校验与解密".
const SESSION_KEY = 'HyVFkGl5F5OQWJZZaNzBBg==';
const RAW_DATA =
  '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}';
const SIGNATURE = '75e81ceda165f4ffa64f4068af58c64b8f54b88c';

describe('isRawDataSigned', () => {
  it('takes the example of WeChat’s documentation', () => {
    expect(isRawDataSigned(RAW_DATA, SIGNATURE, SESSION_KEY)).toBe(true);
  });

  it('refuses the same JSON written in another way', () => {
    expect(isRawDataSigned(JSON.stringify(JSON.parse(RAW_DATA), null, 1), SIGNATURE, SESSION_KEY)).toBe(false);
  });

  it('refuses another key', () => {
    expect(isRawDataSigned(RAW_DATA, SIGNATURE, 'tiihtNczf5v6AKRyjwEUhQ==')).toBe(false);
  });

  it('refuses what is no signature at all', () => {
    expect(isRawDataSigned(RAW_DATA, '', SESSION_KEY)).toBe(false);
  });
});

describe('isSignature', () => {
  it.each(['', 'abc', SIGNATURE.toUpperCase(), `${SIGNATURE}0`, `${SIGNATURE}\n`])(
    'does not take %p for one',
    (text) => {
      expect(isSignature(text)).toBe(false);
    },
  );
});
