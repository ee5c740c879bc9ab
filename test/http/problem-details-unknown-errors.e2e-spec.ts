import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { Database } from '../../src/platform/database/database.js';
import { UsersService } from '../../src/users/users.service.js';
import type { Answer } from '../support/http-client.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const SECRET = 'hunter2-is-in-here';

interface LogLine {
  level: number;
  requestId: string;
  code: string;
  err: { type: string; message: string; stack?: string; cause?: { message: string } };
}

describe('GET /api/v1/users/me, when something fails that nobody foresaw', () => {
  let test: TestApp;
  let token: string;
  beforeAll(async () => {
    test = await startTestApp();
    test.watch.keepSecret('a secret inside an error', SECRET);
    token = (await loginWithWechat(test, 'alice')).body.accessToken;
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => test?.close());

  const meWhenThrown = (thrown: unknown): Promise<Answer<ProblemDetails>> => {
    jest.spyOn(test.app.get(UsersService, { strict: false }), 'getUser').mockRejectedValue(thrown);
    return test.client.get<ProblemDetails>('/api/v1/users/me', { token });
  };
  const lineOf = ({ body }: Answer<ProblemDetails>): LogLine | undefined =>
    test.watch.lines
      .map((line) => JSON.parse(line) as LogLine)
      .find(({ level, requestId }) => level === 50 && requestId === body.requestId);

  it('says nothing but the request id', async () => {
    const answer = await meWhenThrown(new Error('table users has no column nickname'));

    expectProblem(answer, 500, 'internal');
    const { requestId } = answer.body;
    expect(answer.body).toEqual({
      ...{ type: 'urn:wx-login:error:internal', title: '服务器内部错误', status: 500, code: 'internal' },
      requestId,
    });
  });

  it('logs what failed, with its cause, under the same id', async () => {
    const cause = new Error('the disk is full');
    const answer = await meWhenThrown(new TypeError('cannot read the user', { cause }));

    expect(lineOf(answer)).toMatchObject({
      code: 'internal',
      err: {
        type: 'TypeError',
        message: 'cannot read the user',
        stack: expect.stringContaining('problem-details-unknown-errors'),
        cause: { message: 'the disk is full' },
      },
    });
  });

  it.each([
    ['a text', SECRET],
    ['null', null],
    ['undefined', undefined],
    ['a number', 42],
    ['an object', { secret: SECRET, message: SECRET }],
    ['an array', [SECRET]],
  ])('survives that %s is thrown, and logs that much', async (_, thrown) => {
    const answer = await meWhenThrown(thrown);

    expectProblem(answer, 500, 'internal');
    expect(lineOf(answer)?.err).toBeDefined();
  });

  it('does not log the fields of an error, where clients of HTTP and databases keep secrets', async () => {
    const config = { url: `https://api.weixin.qq.com/?secret=${SECRET}`, headers: { authorization: SECRET } };
    const fields = { config, request: { path: SECRET }, response: { data: SECRET }, parameters: [SECRET], sql: SECRET };
    const answer = await meWhenThrown(
      Object.assign(new Error('Request failed'), fields, { cause: Object.assign(new Error('below'), fields) }),
    );

    expectProblem(answer, 500, 'internal');
    expect(lineOf(answer)?.err).toMatchObject({ message: 'Request failed', cause: { message: 'below' } });
  });

  it('takes no status from an error that was not meant for the client', async () => {
    const answer = await meWhenThrown(Object.assign(new Error('Upstream'), { status: 204, statusCode: 200 }));

    expectProblem(answer, 500, 'internal');
  });

  it('answers a database that is away as busy, with a time to come back', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', fatal: true });
    jest.spyOn(test.app.get(Database, { strict: false }), 'rows').mockRejectedValue(away);

    const answer = await test.client.get<ProblemDetails>('/api/v1/users/me', { token });

    expectProblem(answer, 503, 'service.unavailable');
    expect([answer.headers.get('retry-after'), answer.body.retryAfter]).toEqual(['5', 5]);
  });

  it('does not take a refused connection to somewhere else for the database', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' });

    expectProblem(await meWhenThrown(refused), 500, 'internal');
  });
});
