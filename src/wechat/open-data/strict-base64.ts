import { OpenDataProblem } from './open-data-problem.js';

/**
 * Decodes base64 as RFC 4648 writes it and nothing else; Buffer.from skips what it does not know.
 * @throws OpenDataProblem, which names the `+` that form encoding has turned into a space
 */
export function decodeBase64(text: string): Buffer {
  if (/ /.test(text)) throw new OpenDataProblem('space_in_base64');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new OpenDataProblem('not_base64');
  return bytes;
}
