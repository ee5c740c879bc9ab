import { createLogger, describeError, NestLogger } from './logger.js';

const SECRET = 'hunter2-is-in-here';

function logging(level = 'trace') {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, logger: createLogger(level, { write }) };
}

describe('describeError', () => {
  it('keeps what helps: type, message, code, stack and cause', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = new TypeError('cannot read', { cause });

    expect(describeError(error)).toEqual({
      ...{ type: 'TypeError', message: 'cannot read', code: undefined, stack: error.stack },
      cause: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', stack: cause.stack },
    });
  });

  it('leaves out the fields in which axios and TypeORM keep URLs, headers, bodies and parameters', () => {
    const url = `https://api.weixin.qq.com/sns/jscode2session?secret=${SECRET}`;
    const axiosError = Object.assign(new Error('Request failed with status code 500'), {
      name: 'AxiosError',
      code: 'ERR_BAD_RESPONSE',
      config: { url, headers: { authorization: SECRET } },
      request: { path: url, _header: SECRET },
      response: { data: SECRET, config: { url } },
      toJSON: () => ({ config: { url } }),
    });
    const queryError = Object.assign(new Error('Data too long', { cause: axiosError }), {
      ...{ query: `INSERT ${SECRET}`, parameters: [SECRET], driverError: { sql: SECRET } },
    });

    expect(JSON.stringify(describeError(queryError))).not.toContain(SECRET);
    expect(describeError(queryError).cause).toMatchObject({ type: 'AxiosError', code: 'ERR_BAD_RESPONSE' });
  });

  it.each([[SECRET], [null], [undefined], [42], [{ message: SECRET }], [[SECRET]], [Symbol(SECRET)], [() => SECRET]])(
    'says of anything else only that it is no Error: %p',
    (thrown) => expect(describeError(thrown)).toEqual({ type: typeof thrown, message: 'not an Error' }),
  );

  it('follows causes no further than three deep, also when they go in a circle', () => {
    const error = new Error('a circle');
    error.cause = error;

    const text = JSON.stringify(describeError(error));

    expect(text.match(/"message":"a circle"/g)).toHaveLength(4);
  });
});

describe('createLogger', () => {
  it('describes an error by the same rules', () => {
    const { lines, logger } = logging();
    logger.error({ err: Object.assign(new Error('failed'), { config: { url: SECRET } }) }, 'it failed');

    expect(lines[0]).toMatchObject({ level: 50, msg: 'it failed', err: { type: 'Error', message: 'failed' } });
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  it.each([
    ...['password', 'newPassword', 'currentPassword', 'loginCode', 'phoneCode', 'secret', 'session_key', 'sessionKey'],
    ...['accessToken', 'refreshToken', 'access_token', 'authorization', 'cookie'],
  ])('removes a field called %s, and one inside another', (name) => {
    const { lines, logger } = logging();
    logger.info({ [name]: SECRET, headers: { [name]: SECRET }, kept: 'kept' }, 'a mistake');

    expect(lines[0]).toMatchObject({ [name]: '[redacted]', headers: { [name]: '[redacted]' }, kept: 'kept' });
  });

  it('keeps the code of an error readable', () => {
    const { lines, logger } = logging();
    logger.warn({ code: 'wechat.unavailable' });

    expect(lines[0]).toMatchObject({ code: 'wechat.unavailable' });
  });

  it('writes one line an event, whatever is in it', () => {
    const written: string[] = [];
    const logger = createLogger('info', { write: (line: string) => void written.push(line) });
    logger.info({ userAgent: 'a\n{"level":60}\u2028\r\n' }, 'first\nsecond');
    logger.debug('below the level');

    expect(written).toHaveLength(1);
    expect(written[0]!.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('NestLogger', () => {
  it("passes Nest's own messages on, at our levels", () => {
    const { lines, logger } = logging();
    const nest = new NestLogger(logger);
    nest.log('Mapped {/ping, GET}', 'Router');
    nest.warn('careful', 'Router');
    nest.error('failed', 'a stack', 'Router');
    nest.error(Object.assign(new Error('thrown'), { config: SECRET }), 'Router');

    expect(lines.map(({ level, msg, context }) => [level, msg, context])).toEqual([
      [20, 'Mapped {/ping, GET}', 'Router'],
      [40, 'careful', 'Router'],
      [50, 'failed', 'Router'],
      [50, 'thrown', 'Router'],
    ]);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});
