import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  PayloadTooLargeException,
  UnauthorizedException,
} from '@nestjs/common';
import { DatabaseBusyError } from '../database/database-errors.js';
import { asAppError } from './as-app-error.js';
import { RequestInvalidError } from './request.errors.js';

const withStatus = (statusCode: unknown) => Object.assign(new Error('from Fastify'), { statusCode });
const fromDatabase = (code: string) => Object.assign(new Error('from mysql2'), { code, fatal: true });

describe('asAppError', () => {
  it('leaves our own errors as they are', () => {
    const error = new RequestInvalidError();

    expect(asAppError(error)).toBe(error);
  });

  it.each([
    [new BadRequestException(), 'request.invalid'],
    [new NotFoundException(), 'request.not_found'],
    [new PayloadTooLargeException(), 'request.too_large'],
    [new HttpException('', 405), 'request.method_not_allowed'],
    [new HttpException('', 415), 'request.unsupported_media_type'],
    [new HttpException('', 429), 'request.rate_limited'],
    [new HttpException('', 503), 'service.unavailable'],
    [new ForbiddenException(), 'request.invalid'],
    [new UnauthorizedException(), 'request.invalid'],
    [new HttpException('', 418), 'request.invalid'],
    [new InternalServerErrorException(), 'internal'],
    [new HttpException('', 302), 'internal'],
    [withStatus(400), 'request.invalid'],
    [withStatus(413), 'request.too_large'],
    [withStatus(415), 'request.unsupported_media_type'],
    [withStatus(414), 'request.invalid'],
    [withStatus(500), 'internal'],
    [withStatus('400'), 'internal'],
    [withStatus(undefined), 'internal'],
  ])('calls %p from the framework %s', (thrown, code) => {
    expect(asAppError(thrown)).toMatchObject({ type: { code }, cause: thrown });
  });

  it.each([undefined, null, 0, 'text', {}, [], Symbol('x')])('calls %p internal', (thrown) => {
    expect(asAppError(thrown)).toMatchObject({ type: { code: 'internal' } });
  });

  it.each([
    new DatabaseBusyError(),
    ...['ECONNREFUSED', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'ER_CON_COUNT_ERROR'].map(fromDatabase),
    Object.assign(new Error('from TypeORM'), { driverError: fromDatabase('ECONNRESET') }),
  ])('asks to come back in five seconds when the database is away: %p', (thrown) => {
    expect(asAppError(thrown)).toMatchObject({
      type: { code: 'service.unavailable' },
      retryAfterSeconds: 5,
      cause: thrown,
    });
  });

  it('does not excuse a wrong statement, or somebody else’s connection, with the database', () => {
    const wrong = Object.assign(new Error('from TypeORM'), { driverError: fromDatabase('ER_BAD_FIELD_ERROR') });
    const elsewhere = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

    for (const thrown of [wrong, elsewhere]) expect(asAppError(thrown).type.code).toBe('internal');
  });
});
