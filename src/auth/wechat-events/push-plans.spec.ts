import { isActedOn, planFor } from './push-plans.js';

describe('planFor', () => {
  it.each([
    [[6], ['nickname', 'avatar']],
    [[19], ['nickname']],
    [[20], ['avatar']],
    [[8], ['phone']],
    [[16], ['email']],
    [
      [6, 8, 19],
      ['nickname', 'avatar', 'phone'],
    ],
    [[1, 2, 3, 4, 5, 7, 12, 13, 14, 15, 18], []],
    [[], []],
  ])('erases for the revoked codes %j exactly %j', (revoked, erases) => {
    expect(planFor('user_authorization_revoke', revoked)).toEqual({ erases, closesAccount: false });
  });

  it.each([null, 'debug_demo', 'toString', '__proto__'])('does nothing about %s', (event) => {
    expect(isActedOn(event)).toBe(false);
  });
});
