import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { DOORS } from '../support/doors.js';
import { expectProblem } from '../support/problems.js';
import { head, sendRaw } from '../support/raw-http.js';
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

const BODY_LIMIT = 64 * 1024;
const nested = (levels: number, inside = '1') => `${'{"a":'.repeat(levels)}${inside}${'}'.repeat(levels)}`;

describe.each(DOORS)('$name', ({ path, body: good }) => {
  const post = (body: string, headers?: Record<string, string>) =>
    test.client.post<ProblemDetails>(path, body, { headers });
  const postBytes = (...parts: (string | number[])[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
    const lines = [`POST ${path} HTTP/1.1`, 'host: test', 'connection: close', 'content-type: application/json'];
    const request = Buffer.from(head(...lines, `content-length: ${body.length}`));
    return sendRaw(test, Buffer.concat([request, body]));
  };
  // The good body with one more member, written by hand, so that it may be one that JSON.stringify does not write.
  const withMember = (member: string) => JSON.stringify(good).replace(/\}$/, `,${member}}`);

  it.each([
    ['{"username":'],
    ['{username: "Alice01"}'],
    ["{'username': 'Alice01'}"],
    ['{"username": "Alice01",}'],
    ['{"username": NaN}'],
    ['{"username": "Alice01"} {}'],
    ['{"username": "Ali\nce"}'],
    ['{"username": "\\uZZZZ"}'],
    ['undefined'],
    ['<xml/>'],
    [' '],
  ])('refuses malformed JSON such as %j', async (body) => {
    expectProblem(await post(body), 400, 'request.invalid');
  });

  it('refuses an empty body, with and without a content type', async () => {
    expectProblem(await post(''), 400, 'request.invalid');
    expectProblem(await test.client.send('POST', path, {}), 400, 'request.invalid');
  });

  it.each([
    ['{"__proto__": {"isAdmin": true}}'],
    ['{"constructor": {"prototype": {"isAdmin": true}}}'],
    ['{"device": {"__proto__": {"id": "x"}}}'],
    ['{"device": {"constructor": {"prototype": {}}}}'],
    ['{"__pro\\u0074o__": {}}'],
  ])('refuses keys that reach for a prototype: %s', async (body) => {
    expectProblem(await post(body), 400, 'request.invalid');
    expectProblem(await post(withMember(body.slice(1, -1))), 400, 'request.invalid');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('goes by the last of duplicate keys', async () => {
    const field = Object.keys(good).find((name) => name !== 'action')!;
    const answer = await post(withMember(`${JSON.stringify(field)}: 0`));

    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body.errors).toEqual([expect.objectContaining({ field, code: 'isString' })]);
  });

  it('refuses JSON that is nested too deep, however much of it there is', async () => {
    const deepest = Math.floor(BODY_LIMIT / 6) - 100;
    for (const levels of [17, 1_000, deepest]) {
      expectProblem(await post(nested(levels)), 400, 'request.invalid');
      expectProblem(await post(withMember(`"device": ${nested(levels - 1)}`)), 400, 'request.invalid');
    }
    expectProblem(await post(`${'['.repeat(BODY_LIMIT / 2)}${']'.repeat(BODY_LIMIT / 2)}`), 400, 'request.invalid');
  });

  it('refuses more than 64 KB, announced or not', async () => {
    const text = 'x'.repeat(100 * 1024);
    const chunk = `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
    const lines = [`POST ${path} HTTP/1.1`, 'host: test', 'connection: close', 'content-type: application/json'];

    expectProblem(await post(JSON.stringify({ ...good, username: text })), 413, 'request.too_large');
    expectProblem(await sendRaw(test, head(...lines, 'transfer-encoding: chunked') + chunk), 413, 'request.too_large');
  });

  it('refuses a long text within the limit as a field that is too long', async () => {
    const fields = Object.keys(good).filter((name) => name !== 'device' && name !== 'action');
    for (const field of fields) {
      const answer = await post(JSON.stringify({ ...good, [field]: 'x'.repeat(60 * 1024) }));

      expectProblem(answer, 400, 'request.invalid');
      expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
    }
  });

  it('refuses bytes that are not UTF-8', async () => {
    const gbk = [0xc3, 0xdc, 0xc2, 0xeb]; // 密码
    const utf16 = [...Buffer.from(JSON.stringify(good), 'utf16le')];
    const overlong = [0xc0, 0x80];
    for (const bytes of [gbk, overlong])
      expectProblem(
        await postBytes(JSON.stringify(good).slice(0, -1), ',"note":"', bytes, '"}'),
        400,
        'request.invalid',
      );
    expectProblem(await postBytes(utf16), 400, 'request.invalid');
    expectProblem(await postBytes([0x00]), 400, 'request.invalid');
  });
});
