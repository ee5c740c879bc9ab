import type { Fields } from '../fields.js';

const PHONE = { matches: /^(\+[1-9]\d{6,14}|1\d{10})$/, says: 'a Chinese mobile number, or "+" and 7 to 15 digits' };

/** Reads "phone"; eleven digits without a "+" are a number in China. */
export function readPhone(fields: Fields): string | undefined {
  const phone = fields.optionalText('phone', PHONE);
  return phone === undefined || phone.startsWith('+') ? phone : `+86${phone}`;
}
