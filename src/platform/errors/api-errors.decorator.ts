import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type OperationObject } from '@nestjs/swagger';
import { type AppErrorClass, type ErrorKind, type ErrorType, errorTypeOf, errorTypes } from './app-error.js';
import { httpStatusOf, PROBLEM_MEDIA_TYPE, problemTypeOf } from './problem-details.js';

const RETRY_AFTER: Partial<Record<ErrorKind, number>> = { rate_limited: 30, unavailable: 5 };
const PROBLEM_SCHEMA = { $ref: '#/components/schemas/ProblemDetails' };

/** Documents the errors a route can answer, grouped by status, each with an example. */
export function ApiErrors(...classes: AppErrorClass[]) {
  return applyDecorators(
    ...[...byStatus(classes)].map(([status, types]) => ApiResponse({ status, ...describeErrors(types) })),
  );
}

/** Adds errors to what an operation documents already. */
export function documentErrors({ responses }: OperationObject, classes: AppErrorClass[]): void {
  for (const [status, types] of byStatus(classes)) {
    const response = responses[status];
    const content = response && 'content' in response ? response.content : undefined;
    const codes = Object.keys(content?.[PROBLEM_MEDIA_TYPE]?.examples ?? {});
    const documented = errorTypes().filter(({ code }) => codes.includes(code));
    responses[status] = describeErrors([...new Set([...documented, ...types])]);
  }
}

function byStatus(classes: AppErrorClass[]): Map<number, ErrorType[]> {
  const groups = new Map<number, ErrorType[]>();
  for (const type of classes.map(errorTypeOf)) {
    const status = httpStatusOf(type);
    groups.set(status, [...(groups.get(status) ?? []), type]);
  }
  return groups;
}

// One documented answer: what it means, and an example of each error.
function describeErrors(types: ErrorType[]) {
  const examples = Object.fromEntries(types.map((type) => [type.code, { value: exampleOf(type) }]));
  return {
    description: types.map(({ code, title }) => `\`${code}\` ${title.zh} · ${title.en}`).join('<br>'),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: PROBLEM_SCHEMA, examples } },
  };
}

function exampleOf(type: ErrorType) {
  return {
    type: problemTypeOf(type),
    title: type.title.zh,
    status: httpStatusOf(type),
    code: type.code,
    requestId: '0198c0de-0000-7000-8000-000000000000',
    retryAfter: RETRY_AFTER[type.kind],
  };
}
