import { readSignedQuery, requireSignature } from './push-signature.js';

// From WeChat's own page on message push, with the token "AAAAA".
const URL_CHECK = {
  timestamp: '1714036504',
  nonce: '1514711492',
  signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
};
const PLAIN_PUSH = {
  timestamp: '1714037059',
  nonce: '486452656',
  signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78',
};

describe('requireSignature', () => {
  it.each([URL_CHECK, PLAIN_PUSH])("takes WeChat's own example $signature", ({ timestamp, nonce, signature }) => {
    expect(requireSignature(signature, ['AAAAA', timestamp, nonce])).toBe(signature);
  });

  const parts = ['AAAAA', URL_CHECK.timestamp, URL_CHECK.nonce];
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a shorter one', URL_CHECK.signature.slice(1)],
    ['one in capitals, which would be a second name of the same delivery', URL_CHECK.signature.toUpperCase()],
    ['another one', PLAIN_PUSH.signature],
  ])('refuses %s', (_, signature) => {
    expect(() => requireSignature(signature, parts)).toThrow('The push was refused');
  });
});

describe('readSignedQuery', () => {
  const now = 1_714_036_504;

  it.each([-300, 0, 300])('takes a timestamp %d seconds away', (away) => {
    const query = { timestamp: String(now + away), nonce: 'n' };
    expect(readSignedQuery(query, now)).toEqual(query);
  });

  it.each([
    ['too old', String(now - 301)],
    ['too new', String(now + 301)],
    ['missing', undefined],
    ['not a number', '171403650x'],
    ['with a leading zero, as a shifted nonce would give it', `0${now}`],
    ['in milliseconds', `${now}000`],
  ])('refuses a timestamp that is %s', (_, timestamp) => {
    expect(() => readSignedQuery({ timestamp, nonce: 'n' }, now)).toThrow('The push was refused');
  });

  it.each([undefined, '', 'n'.repeat(65)])('refuses the nonce %p', (nonce) => {
    expect(() => readSignedQuery({ timestamp: String(now), nonce }, now)).toThrow('The push was refused');
  });
});
