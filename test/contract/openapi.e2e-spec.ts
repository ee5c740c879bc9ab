import { readFileSync } from 'node:fs';
import type { OpenAPIObject, OperationObject, ResponseObject, SchemaObject } from '@nestjs/swagger';
import { isPage, routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as OpenAPIObject;

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, OperationObject>).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...operation,
    answers: Object.entries(operation.responses) as [status: string, answer: ResponseObject][],
  })),
);
// RFC 7009, 2.2: 200 without a body.
const ANSWERS_NOTHING = 'POST /api/v1/auth/revoke';
const isForServices = ({ security }: { security?: Record<string, string[]>[] }): boolean =>
  security?.some((way) => 'basic' in way) ?? false;
const namesOf = (list: { name: string }[]): string[] => list.map(({ name }) => name);

describe('openapi.json', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  it('describes every route of the running server, and no other', () => {
    const served = routesOf(test)
      .filter((route) => !isPage(route))
      .filter(({ method, path }) => method !== 'HEAD' && method !== 'OPTIONS' && !path.startsWith('/docs'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);

    expect(namesOf(operations).sort()).toEqual([...new Set(served)].sort());
  });

  it('gives every operation a tag, a bilingual summary and a name of its own', () => {
    const names = operations.map(({ operationId }) => operationId);

    expect(namesOf(operations.filter(({ tags }) => tags?.length !== 1))).toEqual([]);
    expect(namesOf(operations.filter(({ summary }) => !/[\u4e00-\u9fff].* · [A-Z]/.test(summary ?? '')))).toEqual([]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('says what each operation answers when all goes well', () => {
    const silent = operations.filter(({ name, answers }) => {
      const good = answers.filter(([status]) => status.startsWith('2'));
      const hasBody = ([status, { content }]: [string, ResponseObject]) =>
        status === '204' || name === ANSWERS_NOTHING
          ? !content
          : (content?.['application/json'] ?? content?.['text/plain'])?.schema;
      return good.length === 0 || !good.every(hasBody);
    });

    expect(namesOf(silent)).toEqual([]);
  });

  it('describes every answer in words, and every error as problem details with an example of its status', () => {
    const problems = operations
      .filter((each) => !isForServices(each))
      .flatMap(({ name, answers }) =>
        answers
          .filter(([status, { description, content }]) => {
            const problem = content?.['application/problem+json'];
            const examples = Object.entries(problem?.examples ?? {}).map(([code, example]) => ({
              isNamed: (example as { value: { code: string } }).value.code === code,
              isOfStatus: String((example as { value: { status: number } }).value.status) === status,
            }));
            const isGood = examples.length > 0 && examples.every(({ isNamed, isOfStatus }) => isNamed && isOfStatus);
            return !description || (status.startsWith('2') ? problem !== undefined : !isGood);
          })
          .map(([status]) => `${name} ${status}`),
      );

    expect(problems).toEqual([]);
  });

  it('describes the errors at the doors of services as OAuth says them', () => {
    const doors = operations.filter(isForServices);
    const errors = doors.flatMap(({ answers }) => answers.filter(([status]) => !status.startsWith('2')));
    const schemas = errors.map(([, { content }]) => JSON.stringify(content?.['application/json']?.schema));

    expect(doors.length).toBe(2);
    expect(errors.every(([, { description }]) => description)).toBe(true);
    expect([...new Set(schemas)]).toEqual(['{"$ref":"#/components/schemas/OAuthErrorDto"}']);
  });

  it('tells which operations need a caller, and what they answer without one', () => {
    const open = operations.filter(({ security }) => !security);
    const guarded = operations.filter((each) => each.security && !isForServices(each));
    const codes = [
      'auth.access_token_missing',
      'auth.access_token_invalid',
      'auth.access_token_expired',
      'sessions.ended',
    ];
    const unsaid = guarded.filter(({ responses }) => {
      const answer = responses['401'] as ResponseObject | undefined;
      const examples = answer?.content?.['application/problem+json']?.examples ?? {};
      return !codes.every((code) => code in examples);
    });

    expect(namesOf(unsaid)).toEqual([]);
    expect(guarded.length).toBeGreaterThan(4);
    expect(open.length).toBeGreaterThan(4);
  });

  it('explains every field: by a text, an example, a fixed list or a schema of its own', () => {
    const schemas = Object.entries(document.components?.schemas ?? {}) as [string, SchemaObject][];
    const unexplained = schemas.flatMap(([schema, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, field]) => {
          const { description, example, enum: list } = field as SchemaObject;
          return !description && example === undefined && !list && !('$ref' in field);
        })
        .map(([field]) => `${schema}.${field}`),
    );

    expect(schemas.length).toBeGreaterThan(10);
    expect(unexplained).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name!,
    );

    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((name) => !(name in (document.components?.schemas ?? {})))).toEqual([]);
  });

  it('shows no secret that works: tokens and keys are cut short in examples', () => {
    expect(JSON.stringify(document)).not.toMatch(/wxr1_[\w-]{20}|eyJ[\w-]+\.eyJ|[A-Za-z0-9+/]{22}==/);
  });
});
