import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';

// With its offset: without one a server and a client would mean two different moments.
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

const isDate = (value: unknown): boolean => value instanceof Date && !Number.isNaN(value.getTime());

/** Reads an ISO 8601 time with its offset into a Date; anything else is left for `IsMoment` to refuse. */
export const ToMoment = () =>
  Transform(({ value }: { value: unknown }) => {
    const time = typeof value === 'string' && MOMENT.test(value) ? new Date(value) : value;
    return isDate(time) ? time : value;
  });

/** A moment, as `ToMoment` has read it. */
export const IsMoment = (options?: ValidationOptions) =>
  ValidateBy({ name: 'isMoment', validator: { validate: isDate } }, options);
