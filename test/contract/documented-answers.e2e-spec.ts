import { readFileSync } from 'node:fs';
import type { OpenAPIObject, OperationObject, ReferenceObject, ResponseObject, SchemaObject } from '@nestjs/swagger';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { Answer } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as OpenAPIObject;

/** What openapi.json says about one answer of one operation. */
function documented(operation: string, status: number): ResponseObject | undefined {
  const [method = '', path = ''] = operation.split(' ');
  const item = document.paths[path] as Record<string, OperationObject> | undefined;
  return item?.[method.toLowerCase()]?.responses[status] as ResponseObject | undefined;
}

/** Where a value and its schema differ: fields that are missing, not described, or of another type. */
function differences(value: unknown, schema: SchemaObject | ReferenceObject | undefined, at = 'answer'): string[] {
  if (!schema) return value === '' ? [] : [`${at} is not described`];
  if ('$ref' in schema) return differences(value, schemaNamed(schema.$ref), at);
  if (value === null) return schema.nullable ? [] : [`${at} is null`];
  if (schema.type === 'array')
    return (value as unknown[]).flatMap((item) => differences(item, schema.items, `${at}[]`));
  if (schema.type !== typeof value) return [`${at} is a ${typeof value}, not a ${String(schema.type)}`];
  if (schema.type !== 'object') return [];
  const { properties = {}, required = [] } = schema;
  const fields = value as Record<string, unknown>;
  return [
    ...required.filter((name) => fields[name] === undefined).map((name) => `${at}.${name} is missing`),
    ...Object.keys(fields).flatMap((name) => differences(fields[name], properties[name], `${at}.${name}`)),
  ];
}

function schemaNamed(reference: string): SchemaObject {
  return document.components?.schemas?.[reference.split('/').at(-1)!] as SchemaObject;
}

function expectAsDocumented(operation: string, { status, body, headers }: Answer<unknown>): void {
  const content = documented(operation, status)?.content ?? {};
  const [mediaType = 'none'] = (headers.get('content-type') ?? 'none').split(';');
  const code = (body as { code?: string } | null)?.code;
  const examples = Object.keys(content['application/problem+json']?.examples ?? {});
  expect({ operation, status, isDocumented: documented(operation, status) !== undefined }).toMatchObject({
    isDocumented: true,
  });
  expect({ operation, status, differences: differences(body, content[mediaType]?.schema) }).toMatchObject({
    differences: [],
  });
  if (code)
    expect({ operation, status, examples }).toMatchObject({ examples: expect.arrayContaining([code]) as string[] });
}

const password = 'Blue-Kettle7';
const secured = ['GET /api/v1/users/me', 'GET /api/v1/sessions', 'DELETE /api/v1/sessions', 'POST /api/v1/auth/logout'];
const doors = ['wechat', 'register', 'login', 'refresh'].map((name) => `POST /api/v1/auth/${name}`);

describe('Answers are what openapi.json says', () => {
  let test: TestApp;
  let tokens: TokensDto;
  beforeAll(async () => {
    test = await startTestApp();
    tokens = (await loginWithWechat(test, 'alice', { device: { name: 'Xiaomi 14', platform: 'android' } })).body;
  });
  afterAll(() => test?.close());

  const ask = async (operation: string, options: { body?: unknown; token?: string; query?: string } = {}) => {
    const [method = '', path = ''] = operation.split(' ');
    const { query = '', ...rest } = options;
    return test.client.send<unknown>(
      method,
      path.replace('{id}', '0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e') + query,
      rest,
    );
  };

  it.each<[operation: string, status: number, options?: () => { body?: unknown; token?: string; query?: string }]>([
    ['GET /ping', 200],
    ['GET /health', 200],
    ['GET /health/live', 200],
    ['GET /health/ready', 200],
    ['GET /.well-known/jwks.json', 200],
    ['GET /api/v1/auth/username-available', 200, () => ({ query: '?username=Alice01' })],
    ['POST /api/v1/auth/register', 201, () => ({ body: { username: 'Alice01', password, email: 'a@example.com' } })],
    ['POST /api/v1/auth/register', 409, () => ({ body: { username: 'alice01', password } })],
    ['POST /api/v1/auth/register', 400, () => ({ body: { username: 'Alice02', password: 'weak' } })],
    ['POST /api/v1/auth/login', 200, () => ({ body: { username: 'Alice01', password } })],
    ['POST /api/v1/auth/login', 401, () => ({ body: { username: 'Alice01', password: 'wrong' } })],
    ['POST /api/v1/auth/wechat', 401, () => ({ body: { code: 'not-one-of-wechat' } })],
    ['POST /api/v1/auth/wechat', 400, () => ({ body: { code: 'x', appId: 'wxffffffffffffffff' } })],
    ['POST /api/v1/auth/refresh', 200, () => ({ body: { refreshToken: tokens.refreshToken } })],
    ['POST /api/v1/auth/refresh', 401, () => ({ body: { refreshToken: 'wxr1_forged' } })],
    ['GET /api/v1/users/me', 200, () => ({ token: tokens.accessToken })],
    ['GET /api/v1/sessions', 200, () => ({ token: tokens.accessToken })],
    ['DELETE /api/v1/sessions/{id}', 404, () => ({ token: tokens.accessToken })],
    ['DELETE /api/v1/sessions', 204, () => ({ token: tokens.accessToken })],
    ['POST /api/auth', 200, () => ({ body: { action: 'login', username: 'Alice01', password } })],
    ['POST /api/auth', 400, () => ({ body: { action: 'unknown' } })],
    ['POST /api/auth', 401, () => ({ body: { action: 'logout' } })],
  ])('%s %s', async (operation, status, options = () => ({})) => {
    const answer = await ask(operation, options());

    expect(answer.status).toBe(status);
    expectAsDocumented(operation, answer);
  });

  it.each(secured)('%s without a token, and with one that is not ours', async (operation) => {
    expectAsDocumented(operation, await ask(operation));
    expectAsDocumented(operation, await ask(operation, { token: 'e30.e30.AAAA' }));
  });

  it.each([...doors, 'POST /api/auth'])('%s with a body it cannot use', async (operation) => {
    const headers = { 'content-type': 'text/plain' };
    const [, path = ''] = operation.split(' ');

    expectAsDocumented(operation, await ask(operation, { body: {} }));
    expectAsDocumented(operation, await ask(operation, { body: { code: 'x'.repeat(70_000) } }));
    expectAsDocumented(operation, await test.client.post(path, 'code=x', { headers }));
  });

  it('would show an answer that differs', () => {
    const schema = schemaNamed('UserDto');
    const changed: Record<string, unknown> = { ...tokens.user, username: 7, openid: 'o' };
    delete changed.id;

    expect(differences(changed, schema)).toEqual([
      'answer.id is missing',
      'answer.username is a number, not a string',
      'answer.openid is not described',
    ]);
  });
});
