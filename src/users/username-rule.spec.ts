import { USERNAME } from './username-rule.js';

describe('USERNAME', () => {
  it.each(['abc', 'ABC', '123', 'Alice01', 'a'.repeat(20)])('allows %s', (text) => {
    expect(USERNAME.test(text)).toBe(true);
  });

  it.each([
    ['two characters', 'ab'],
    ['21 characters', 'a'.repeat(21)],
    ['nothing', ''],
    ['a space', 'alice 01'],
    ['a newline at the end', 'alice\n'],
    ['an underscore', 'alice_01'],
    ['an at sign', 'alice@01'],
    ['letters that only look like ASCII', 'аlice'],
    ['full-width letters', 'ａｌｉｃｅ'],
    ['a letter whose lower case is ASCII', '\u212Aelvin'],
    ['Chinese', '小明小明'],
  ])('refuses %s', (_what, text) => {
    expect(USERNAME.test(text)).toBe(false);
  });
});
