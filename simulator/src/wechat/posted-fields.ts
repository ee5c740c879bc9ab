import { WechatError } from './errcodes.js';

export type PostedFields = Readonly<Partial<Record<string, unknown>>>;

/** Reads the JSON of a POST; a form, which some SDKs send, is not JSON. */
export function postedFields(body: string): PostedFields {
  if (body === '') throw new WechatError(44002);
  const value = parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WechatError(47001);
  return value as PostedFields;
}

/** The field if it is text with something in it. */
export function textOf(fields: PostedFields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new WechatError(47001);
  }
}
