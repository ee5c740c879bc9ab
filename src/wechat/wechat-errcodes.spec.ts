import type { AppError } from '../platform/errors/app-error.js';
import { ENDPOINTS, type WechatEndpoint } from './transport/endpoints.js';
import { WechatErrcode } from './transport/wechat-replies.js';
import { errorForErrcode, fixFor, unavailable } from './wechat-errcodes.js';

const INVALID = ['wechat.login_code_invalid', undefined];
const MISCONFIGURED = ['wechat.misconfigured', 5];
const UNAVAILABLE = ['wechat.unavailable', 5];
const CONFIGURATION = [
  ...[40002, 40013, 40125, 40164, 40243, 41002, 41004, 43002, 47001, 50004, 50007, 61003, 61004, 89503, 89506, 89507],
  48001,
];

const told = (errcode: number, endpoint: WechatEndpoint = ENDPOINTS.code2Session) => {
  const cause = new WechatErrcode(errcode, undefined, undefined);
  const error = errorForErrcode(cause, endpoint) as AppError;
  expect(error.cause).toBe(cause);
  return [error.type.code, error.retryAfterSeconds];
};

describe('errorForErrcode', () => {
  it.each([40029, 41008, 42003])('asks for a new login code after %i', (errcode) =>
    expect(told(errcode)).toEqual(INVALID),
  );

  it('tells a used code from an invalid one', () => {
    expect(told(40163)).toEqual(['wechat.login_code_used', undefined]);
  });

  it('does not ask a user whom WeChat has blocked to try again', () => {
    expect(told(40226)).toEqual(['wechat.user_blocked', undefined]);
  });

  it('asks for a minute of patience after 45011, which counts by the minute', () => {
    expect(told(45011)).toEqual(['wechat.rate_limited', 60]);
  });

  it.each(CONFIGURATION)('takes %i for our own mistake', (errcode) => expect(told(errcode)).toEqual(MISCONFIGURED));

  it.each([40029, 40163, 40013, 40003])('takes %i for a bad phone code where one was sent', (errcode) =>
    expect(told(errcode, ENDPOINTS.getPhoneNumber)).toEqual(['wechat.phone_code_invalid', undefined]),
  );

  it.each([87007, 87009])('knows a session key that has ended by %i', (errcode) =>
    expect(told(errcode)).toEqual(['wechat.session_key_stale', undefined]),
  );

  it.each([-1, 45009, 40001, 42001, 99999, 1, -2, 2 ** 31, NaN])('takes %p for an outage', (errcode) =>
    expect(told(errcode)).toEqual(UNAVAILABLE),
  );
});

describe('unavailable', () => {
  it('asks to come back in five seconds', () => {
    expect(unavailable('the cause')).toMatchObject({ retryAfterSeconds: 5, cause: 'the cause' });
  });
});

describe('fixFor', () => {
  it.each([
    [40013, /AppID/],
    [40125, /AppSecret/],
    [40164, /IP/],
    [40243, /冻结.*unfreeze/],
    [48001, /接口权限/],
  ])('tells the operator what to do about %i, in two languages', (errcode, text) => {
    expect(fixFor(errcode)).toMatch(text);
    expect(fixFor(errcode)).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u);
  });

  it('has nothing to say where the operator can do nothing', () => {
    for (const errcode of [-1, 40029, 40226, 45011, 99999]) expect(fixFor(errcode)).toBeUndefined();
  });
});
