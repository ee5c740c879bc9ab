import { Transform } from 'class-transformer';

const DIGITS = /^\d{1,9}$/;
const BOOLEANS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

/** Reads a whole number out of a query string; anything else is left for `IsInt` to refuse. */
export const ToInt = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && DIGITS.test(value) ? Number(value) : value,
  );

/** Reads `true` or `false` out of a query string; anything else is left for `IsBoolean` to refuse. */
export const ToBoolean = () => Transform(({ value }: { value: unknown }) => BOOLEANS.get(value) ?? value);
