import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { DOORS } from '../support/doors.js';
import { expectProblem } from '../support/problems.js';
import { type StoredRows, storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NO_STRINGS: [string, unknown][] = [
  ['zero', 0],
  ['a number', 1.5e300],
  ['a boolean', true],
  ['an array', []],
  ['an array of strings', ['Alice01']],
  ['an object', {}],
  ['an object that looks like a string', { length: 7, toString: 'Alice01' }],
];
const BROKEN_TEXTS: [string, string][] = [
  ['a NUL character', 'Alice\0' + '01'],
  ['a lone high surrogate', 'Alice\ud800'],
  ['a lone low surrogate', '\udc00Alice'],
];
const NO_OBJECTS: [string, unknown][] = [...NO_STRINGS.slice(0, 4), ['a string', 'x'], ['an array of objects', [{}]]];

let test: TestApp;
let before: StoredRows;
beforeAll(async () => {
  test = await startTestApp();
  before = await storedRows(test.dataSource);
});
afterEach(async () => expect(await storedRows(test.dataSource)).toEqual(before));
afterAll(() => test?.close());

describe.each(DOORS)('$name', ({ path, body: good }) => {
  const fields = Object.keys(good).filter((name) => name !== 'device' && name !== 'action');
  const post = (body: unknown) => test.client.post<ProblemDetails>(path, body);

  it.each(fields)('names "%s" when its JSON type is wrong', async (field) => {
    for (const [, value] of NO_STRINGS) {
      const answer = await post({ ...good, [field]: value });

      expectProblem(answer, 400, 'request.invalid');
      expect(answer.body.errors).toEqual([{ field, code: 'isString', message: '须为字符串' }]);
    }
  });

  it.each(fields)('refuses broken text in "%s"', async (field) => {
    for (const [, text] of BROKEN_TEXTS) {
      const answer = await post({ ...good, [field]: text });

      expectProblem(answer, 400, 'request.invalid');
      expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
    }
  });

  it('refuses a body that is not an object', async () => {
    for (const body of ['null', '0', 'true', '"text"', '[]', `[${JSON.stringify(good)}]`, `["action"]`])
      expectProblem(await post(body), 400, 'request.invalid');
  });

  it('refuses null where a value is required', async () => {
    const required = fields.filter((name) => name !== 'appId' && name !== 'email');
    for (const field of required) expectProblem(await post({ ...good, [field]: null }), 400, 'request.invalid');
  });
});

const WITH_DEVICE = DOORS.filter(({ body }) => 'device' in body);

describe.each(WITH_DEVICE)('$name with a device', ({ path, body: good }) => {
  const post = (device: unknown) => test.client.post<ProblemDetails>(path, { ...good, device });

  it('names the field of the device that is not a string', async () => {
    for (const name of ['id', 'name', 'platform', 'model'])
      for (const [, value] of NO_STRINGS) {
        const answer = await post({ [name]: value });

        expectProblem(answer, 400, 'request.invalid');
        expect(answer.body.errors).toEqual([{ field: `device.${name}`, code: 'isString', message: '须为字符串' }]);
      }
  });

  it('refuses broken text in the device', async () => {
    for (const name of ['id', 'name', 'platform', 'model'])
      for (const [, text] of BROKEN_TEXTS) expectProblem(await post({ [name]: text }), 400, 'request.invalid');
  });

  it('refuses a device that is not an object', async () => {
    for (const [, device] of NO_OBJECTS) {
      const answer = await post(device);

      expectProblem(answer, 400, 'request.invalid');
      expect(answer.body.errors).toEqual([expect.objectContaining({ field: 'device' })]);
    }
  });
});

describe('POST /api/auth', () => {
  it.each([[undefined], [null], [0], [''], ['LOGIN'], ['toString'], ['__proto__'], ['constructor'], [['login']], [{}]])(
    'refuses %p as an action and says which there are',
    async (action) => {
      const answer = await test.client.post<ProblemDetails>('/api/auth', { action, username: 'Alice01' });

      expectProblem(answer, 400, 'request.invalid');
      const message = '须为 wechat、register、login、autoLogin、logout 之一';
      expect(answer.body.errors).toEqual([{ field: 'action', code: 'isIn', message }]);
    },
  );
});
