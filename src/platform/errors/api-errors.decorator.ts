import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { type AppErrorClass, type ErrorType, errorTypeOf } from './app-error.js';
import { httpStatusOf, PROBLEM_MEDIA_TYPE, problemTypeOf } from './problem-details.js';

const PROBLEM_SCHEMA = { $ref: '#/components/schemas/ProblemDetails' };

/** Documents the errors a route can answer, grouped by status, each with an example. */
export function ApiErrors(...classes: AppErrorClass[]) {
  const byStatus = new Map<number, ErrorType[]>();
  for (const type of classes.map(errorTypeOf)) {
    const status = httpStatusOf(type);
    byStatus.set(status, [...(byStatus.get(status) ?? []), type]);
  }
  return applyDecorators(...[...byStatus].map(([status, types]) => ApiResponse({ status, ...describe(types) })));
}

function describe(types: ErrorType[]) {
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
  };
}
