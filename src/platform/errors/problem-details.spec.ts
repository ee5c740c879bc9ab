import { languageOf, problemDetails } from './problem-details.js';
import { InternalError, RateLimitedError, RequestInvalidError } from './request.errors.js';

const request = { id: '0198c0de-0000-7000-8000-000000000000', language: 'zh' as const };

describe('languageOf', () => {
  it.each([
    'zh',
    'zh-CN',
    'zh-TW',
    'zh-Hant-HK',
    'ZH',
    'fr',
    'fr, de;q=0.5',
    '*',
    'zh;q=0.9, en;q=0.8',
    'en;q=0',
    'en;q=0.1, zh',
  ])('is Chinese for %j', (accept) => expect(languageOf(accept)).toBe('zh'));

  it.each([
    'en',
    'EN',
    'en-GB',
    'en-US',
    'en-US,en;q=0.9,zh-CN;q=0.8',
    'fr, en;q=0.1',
    'zh;q=0.5, en',
    'zh;q=0, en;q=0.1',
  ])('is English for %j', (accept) => expect(languageOf(accept)).toBe('en'));

  it.each([undefined, '', ' ', ',', ';;;', 'q=0.5', 'en;q=abc', 'x'.repeat(10_000), '\0', '😀'])(
    'is one of the two for %p',
    (accept) => expect(['zh', 'en']).toContain(languageOf(accept)),
  );

  it('is Chinese when nothing is said', () => {
    expect([languageOf(undefined), languageOf('')]).toEqual(['zh', 'zh']);
  });
});

describe('problemDetails', () => {
  it('names the type, the title in the language, the status, the code and the request', () => {
    expect(problemDetails(new RequestInvalidError(), request)).toEqual({
      ...{ type: 'urn:wx-login:error:request.invalid', title: '请求参数有误', status: 400, code: 'request.invalid' },
      requestId: request.id,
    });
    expect(problemDetails(new RequestInvalidError(), { ...request, language: 'en' }).title).toBe(
      'The request is not valid',
    );
  });

  it('says what the author meant to be seen, in one language', () => {
    const text = { zh: '中文', en: 'English' };
    const error = new RateLimitedError({
      ...{ detail: text, retryAfterSeconds: 7 },
      fields: [{ field: 'username', code: 'isString', message: text }],
    });

    expect(problemDetails(error, request)).toMatchObject({
      ...{ status: 429, detail: '中文', retryAfter: 7 },
      errors: [{ field: 'username', code: 'isString', message: '中文' }],
    });
  });

  it('never shows the cause', () => {
    const error = new InternalError({ cause: new Error('hunter2') });

    expect(JSON.stringify(problemDetails(error, request))).not.toContain('hunter2');
  });
});
