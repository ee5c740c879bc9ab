import { readSessionKey, signWithSessionKey } from './session-key.js';

describe('signWithSessionKey', () => {
  it('signs WeChat’s own example as WeChat does', () => {
    const signature = signWithSessionKey('o0q0otL8aEzpcZL/FT9WsQ==', '{"foo":"bar"}');

    expect(signature).toBe('654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b');
  });
});

describe('readSessionKey', () => {
  it('takes base64 of 16 bytes', () => {
    expect(readSessionKey('o0q0otL8aEzpcZL/FT9WsQ==')).toBe('o0q0otL8aEzpcZL/FT9WsQ==');
  });

  it.each([undefined, '', 'short==', 'o0q0otL8aEzpcZL/FT9WsQ', 'o0q0otL8aEzpcZL FT9WsQ=='])('refuses %p', (value) => {
    expect(() => readSessionKey(value)).toThrow('no session_key');
  });
});
