import { Refusal } from '../http/refusal.js';
import { WECHAT_ENDPOINTS } from '../wechat/endpoints.js';
import type { Fields } from './fields.js';

const ANY_TEXT = { matches: /^/, says: 'text' };

/** Reads "endpoint": one of WeChat's paths that the simulator has, or one of the other words that make sense. */
export function readEndpoint(fields: Fields, ...others: string[]): string {
  const endpoint = fields.text('endpoint', ANY_TEXT);
  const known = [...others, ...WECHAT_ENDPOINTS.map(({ path }) => path)];
  if (known.includes(endpoint)) return endpoint;
  throw new Refusal(400, `"endpoint" must be one of ${known.join(', ')}`);
}
