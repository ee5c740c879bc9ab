import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { UserNotFoundError } from '../users.errors.js';

export const USER_ID = /^[1-9]\d{0,19}$/;

/** A user's id: a decimal number as text, beyond what JavaScript counts exactly. */
export const IsUserId = (options?: ValidationOptions) =>
  ValidateBy(
    { name: 'isUserId', validator: { validate: (value) => typeof value === 'string' && USER_ID.test(value) } },
    options,
  );

/** What is not a user id names no user. */
@Injectable()
export class UserIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!USER_ID.test(value)) throw new UserNotFoundError();
    return value;
  }
}
