import type { PushFormat } from './push-settings.js';

/** A pushed message; numbers stay numbers. */
export type Message = Readonly<Record<string, unknown>>;

/** Writes the message the way the app's owner chose. */
export function written(message: Message, format: PushFormat): string {
  return format === 'json' ? JSON.stringify(message) : `<xml>${xmlOf(message)}</xml>`;
}

export const CONTENT_TYPES: Record<PushFormat, string> = { json: 'application/json', xml: 'text/xml' };

function xmlOf(message: object): string {
  const elements = Object.entries(message).map(([name, value]) => `<${name}>${xmlValue(value)}</${name}>`);
  return elements.join('\n');
}

/** WeChat wraps text in CDATA and writes numbers bare; a list becomes one item element for each. */
function xmlValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((item) => `<item>${xmlValue(item)}</item>`).join('');
  if (typeof value === 'object' && value !== null) return xmlOf(value);
  return `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
