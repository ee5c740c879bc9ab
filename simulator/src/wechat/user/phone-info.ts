/** ITU-T E.164: the country codes of one and two digits; all others have three. */
const PHONE = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;

/** A phone number as WeChat gives it; `phoneNumber` shows the country code only for numbers from abroad. */
export function phoneInfo(phone: string, appid: string, now: number): object {
  const [, country = '', pure = ''] = PHONE.exec(phone) ?? [];
  return {
    phoneNumber: country === '86' ? pure : `${country}${pure}`,
    purePhoneNumber: pure,
    countryCode: Number(country),
    watermark: { timestamp: Math.floor(now / 1000), appid },
  };
}
