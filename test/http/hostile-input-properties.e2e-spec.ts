import fc from 'fast-check';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { DOORS } from '../support/doors.js';
import { USERNAME } from '../../src/users/username-rule.js';
import type { Answer } from '../support/http-client.js';
import { expectProblem } from '../support/problems.js';
import { type StoredRows, storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let before: StoredRows;
beforeAll(async () => {
  test = await startTestApp();
  before = await storedRows(test.dataSource);
});
afterEach(async () => expect(await storedRows(test.dataSource)).toEqual(before));
afterAll(() => test?.close());

const RUNS = 100;
const FIELDS = ['action', 'code', 'appId', 'username', 'password', 'email', 'refreshToken', 'device'];
const HOSTILE_KEYS = ['__proto__', 'constructor', 'toString', 'then', 'length', '', '\0', '\ud800', 'device.id'];
const HOSTILE_TEXTS = [
  '',
  '\0',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  "' OR 1=1 --",
  '${7*7}',
  '%00',
  '٣٤٥',
  'ﬀ',
  '\ufe0f',
];

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS), fc.string({ minLength: 200 }));
const value = fc.oneof(text, fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(null, 0, -1, 1e308, true, [], {}));
const key = fc.oneof(fc.constantFrom(...FIELDS, ...HOSTILE_KEYS), text);
const members = fc.array(fc.tuple(key, value), { maxLength: 8 });

/** An object as text: unlike a real one it may have a key twice, and one called __proto__. */
const written = (entries: [string, unknown][]) =>
  `{${entries.map(([name, held]) => `${JSON.stringify(name)}:${JSON.stringify(held)}`).join(',')}}`;

/** Chance finds a good username such as "0AA" sooner or later, and that is no reason to refuse it. */
const isGood = (field: string, held: unknown) =>
  typeof held === 'string' &&
  ((field === 'username' && USERNAME.test(held)) || (field === 'password' && /^.{8,128}$/su.test(held)));

/** Refused as something that was sent wrong (or as a code, token or password that is not right), never as our failure. */
function expectRefused(answer: Answer<ProblemDetails>): void {
  expect([400, 401, 429]).toContain(answer.status);
  expectProblem(answer, answer.status, answer.body.code);
}

describe.each(DOORS)('$name', ({ path, body: good }) => {
  const post = (body: string) => test.client.post<ProblemDetails>(path, body);
  const fields = Object.keys(good).filter((name) => !['action', 'device', 'email', 'appId'].includes(name));

  it('refuses any JSON, and stores nothing', async () => {
    const anyJson = fc.jsonValue({ stringUnit: 'binary' }).map((json) => JSON.stringify(json));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyJson, members.map(written)), async (body) => expectRefused(await post(body))),
      { numRuns: RUNS },
    );
  });

  it('refuses a good body with one field of any other value, and stores nothing', async () => {
    const anyField = fc.tuple(fc.constantFrom(...fields), value, members);
    const spoilt = anyField
      .filter(([field, held]) => !isGood(field, held))
      .map(([field, held, more]) => {
        const rest = Object.entries(good).filter(([name]) => name !== field);
        const others = more.filter(([name]) => name !== field && !(name in good));
        return written([...rest, ...others, [field, held]]);
      });

    await fc.assert(
      fc.asyncProperty(spoilt, async (body) => expectRefused(await post(body))),
      { numRuns: RUNS },
    );
  });

  it('refuses any cut or mangled JSON, and stores nothing', async () => {
    const whole = JSON.stringify(good);
    const mangled = fc
      .tuple(fc.nat(whole.length - 1), text)
      .map(([at, inserted]) => [whole.slice(0, at), whole.slice(0, at) + inserted.toWellFormed()])
      .chain((texts) => fc.constantFrom(...texts));

    await fc.assert(
      fc.asyncProperty(mangled, async (body) => expectRefused(await post(body))),
      { numRuns: RUNS },
    );
  });
});
