import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { asAppError } from './as-app-error.js';
import { PROBLEM_MEDIA_TYPE, problemDetails } from './problem-details.js';
import { sendProblem } from './problem.filter.js';
import { RequestInvalidError, RequestTooLargeError } from './request.errors.js';

/** Answers what Fastify refuses before a route is found, such as a URL that cannot be decoded. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(asAppError(error), request, reply);
}

/** Answers what Node refuses before there is a request: headers without end, or something that is not HTTP. */
export function clientErrors({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const error = code === 'HPE_HEADER_OVERFLOW' ? new RequestTooLargeError() : new RequestInvalidError();
  const problem = problemDetails(error, { id: uuidv7(), language: 'zh' });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${problem.requestId}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
