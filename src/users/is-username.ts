import { ValidateBy, type ValidationOptions } from 'class-validator';
import { USERNAME } from './username-rule.js';

/** 3 to 20 ASCII letters and digits. */
export const IsUsername = (options?: ValidationOptions) =>
  ValidateBy(
    { name: 'isUsername', validator: { validate: (value) => typeof value === 'string' && USERNAME.test(value) } },
    options,
  );
