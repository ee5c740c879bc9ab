import { readFile } from 'node:fs/promises';
import type { Answer } from '../http/answer.js';

/** Beside src and dist alike, so that nothing has to be copied by the build. */
const FOLDER = new URL('../../console/', import.meta.url);

const TYPES = {
  'console.html': 'text/html; charset=utf-8',
  'console.css': 'text/css; charset=utf-8',
  'console.mjs': 'text/javascript; charset=utf-8',
};

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Gives one of the console's files; its policy lets the page load and reach nothing but the simulator. */
export async function consoleFile(name: keyof typeof TYPES): Promise<Answer> {
  const body = await readFile(new URL(name, FOLDER), 'utf8');
  return { status: 200, headers: { 'content-type': TYPES[name], 'content-security-policy': POLICY }, body };
}
