import jwt from 'jsonwebtoken';

/** What the header of a token says, before anything about the token is believed; undefined when it cannot be read. */
export function headerOf(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined; // jws parses the payload too when the header says "JWT", and throws when that is not JSON
  }
}
