import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A string of well-formed Unicode without NUL: what both databases can keep and give back unchanged. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

/** Refuses lone surrogates and NUL characters. */
export const IsText = (options?: ValidationOptions) =>
  ValidateBy({ name: 'isText', validator: { validate: isText } }, options);
