const E164 = /^\+[1-9]\d{6,14}$/;
const MAINLAND_CHINA = /^\+86(1\d{2})\d{4}(\d{4})$/;
// The country codes of one and two digits; all others have three (ITU-T E.164, list of assigned country codes).
const COUNTRY_CODE = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
const SHOWN = 4;
const HIDDEN_MIN = 4;

/** True for a number in E.164: plus, country code, number, nothing else. */
export function isPhoneNumber(value: string): boolean {
  return E164.test(value);
}

/** What people may see: `138****0001`, abroad the country code and the last four digits, `+44****0123`. */
export function maskPhoneNumber(phoneNumber: string): string {
  const domestic = MAINLAND_CHINA.exec(phoneNumber);
  if (domestic) return `${domestic[1]}****${domestic[2]}`;
  const countryCode = COUNTRY_CODE.exec(phoneNumber)?.[0] ?? '+';
  const national = phoneNumber.slice(countryCode.length);
  const shown = Math.min(SHOWN, Math.max(0, national.length - HIDDEN_MIN));
  return `${countryCode}****${national.slice(national.length - shown)}`;
}
