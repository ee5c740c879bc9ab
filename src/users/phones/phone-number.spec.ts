import { isPhoneNumber, maskPhoneNumber } from './phone-number.js';

describe('maskPhoneNumber', () => {
  it.each([
    ['+8613800000001', '138****0001'],
    ['+85261234567', '+852****4567'],
    ['+12025550123', '+1****0123'],
    ['+447700900123', '+44****0123'],
    ['+8685512345678', '+86****5678'],
  ])('shows %s as %s', (phoneNumber, masked) => {
    expect(maskPhoneNumber(phoneNumber)).toBe(masked);
  });

  it('hides four digits of a number that has hardly more', () => {
    expect(maskPhoneNumber('+29012345')).toBe('+290****5');
  });
});

describe('isPhoneNumber', () => {
  it.each(['+8613800000001', '+85261234567'])('takes %s', (value) => {
    expect(isPhoneNumber(value)).toBe(true);
  });

  it.each(['13800000001', '+086138', '+86 138 0000 0001', '+86138000000011111', ''])('refuses "%s"', (value) => {
    expect(isPhoneNumber(value)).toBe(false);
  });
});
