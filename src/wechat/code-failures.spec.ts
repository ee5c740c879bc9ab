import { BrokenCircuitError, BulkheadRejectedError, TaskCancelledError } from 'cockatiel';
import { codeFailure } from './code-failures.js';
import { WechatUnreachable } from './transport/wechat-http.js';
import { WechatReplyMalformed } from './transport/wechat-replies.js';
import {
  LoginCodeInvalidError,
  WechatMisconfiguredError,
  WechatRateLimitedError,
  WechatUnavailableError,
} from './wechat.errors.js';

const unavailable = (cause: Error) => new WechatUnavailableError({ cause });

describe('codeFailure', () => {
  it.each([
    ['nothing reached WeChat', unavailable(new WechatUnreachable('ECONNREFUSED', true))],
    ['the circuit is open', unavailable(new BrokenCircuitError())],
    ['too many calls are under way', unavailable(new BulkheadRejectedError(1, 1))],
    ['WeChat tells to wait', new WechatRateLimitedError()],
    ['WeChat does not take this server', new WechatMisconfiguredError()],
  ])('leaves the code whole when %s', (_, error) => {
    expect(codeFailure(error)).toBeNull();
  });

  it.each([
    ['the answer was lost', unavailable(new WechatUnreachable('ECONNRESET', false)), 'wechat.unavailable'],
    ['the deadline passed, wherever the call was', unavailable(new TaskCancelledError()), 'wechat.unavailable'],
    ['the answer is none of WeChat’s', unavailable(new WechatReplyMalformed('empty')), 'wechat.unavailable'],
    ['WeChat refuses the code', new LoginCodeInvalidError(), 'wechat.login_code_invalid'],
    ['something of ours broke', new TypeError('a bug'), 'internal'],
  ])('takes the code for burnt when %s', (_, error, failure) => {
    expect(codeFailure(error)).toBe(failure);
  });
});
