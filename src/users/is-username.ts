import { ValidateBy, type ValidationOptions } from 'class-validator';

export const USERNAME = /^[A-Za-z0-9]{3,20}$/;

/** 3 to 20 ASCII letters and digits. */
export const IsUsername = (options?: ValidationOptions) =>
  ValidateBy(
    { name: 'isUsername', validator: { validate: (value) => typeof value === 'string' && USERNAME.test(value) } },
    options,
  );
