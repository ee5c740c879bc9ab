import { ValidateBy, type ValidationOptions } from 'class-validator';

/**
 * At most `max` characters, counted as the database counts them for a VARCHAR. class-validator's own rule does not
 * count variation selectors, so a text of twice the column's length would pass it.
 */
export const MaxLength = (max: number, options?: ValidationOptions) =>
  ValidateBy(
    {
      name: 'maxLength',
      constraints: [max],
      validator: {
        validate: (value) => typeof value === 'string' && [...value].length <= max,
        defaultMessage: () => `must be at most ${max} characters`,
      },
    },
    options,
  );
