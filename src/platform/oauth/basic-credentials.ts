/** What a client says about itself with HTTP Basic. */
export interface BasicCredentials {
  clientId: string;
  secret: string;
}

const BASIC = /^Basic ([A-Za-z0-9+/]+={0,2})$/i;

/** Reads an Authorization header; id and secret are form-encoded in it (RFC 6749, 2.3.1). Null for anything else. */
export function readBasic(authorization: string | undefined): BasicCredentials | null {
  const encoded = BASIC.exec(authorization ?? '')?.[1];
  if (!encoded) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  const [clientId, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(decodeForm);
  return clientId && secret ? { clientId, secret } : null;
}

function decodeForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
