import { CsvError, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { IMPORT_FIELDS, type RawRecord } from '../../users/importing/import-record.js';
import { BadUse, CommandFailure } from '../command-failures.js';

/** One user as the file has it, and the line where it ends; of a JSON array the number of the entry. */
export interface FileLine {
  line: number;
  raw: RawRecord;
}

const KNOWN: readonly string[] = IMPORT_FIELDS;

/**
 * Reads a file of users: CSV with a first line of names, or a JSON array of objects.
 * @throws BadUse for a file that cannot be read or a column that is not known, CommandFailure for one that breaks off
 */
export async function* readUserFile(path: string): AsyncGenerator<FileLine> {
  try {
    if (/\.json$/i.test(path)) yield* readJson(await readFile(path, 'utf8'));
    else yield* readCsv(path);
  } catch (error) {
    throw explain(error, path);
  }
}

async function* readCsv(path: string): AsyncGenerator<FileLine> {
  const parser = parse({ columns: requireKnown, bom: true, info: true, skip_empty_lines: true });
  pipeline(createReadStream(path), parser, () => undefined); // an error reaches whoever reads the parser
  for await (const { record, info } of parser as AsyncIterable<{ record: RawRecord; info: { lines: number } }>)
    yield { line: info.lines, raw: record };
}

function* readJson(text: string): Generator<FileLine> {
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new BadUse({ zh: 'JSON 须为数组', en: 'the JSON must be an array' });
  for (const [index, entry] of entries.entries()) yield { line: index + 1, raw: rawOf(entry) };
}

function rawOf(entry: unknown): RawRecord {
  const given = Object.entries((entry ?? {}) as object).filter(([, value]) => value !== null && value !== undefined);
  requireKnown(given.map(([name]) => name));
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

function requireKnown(names: string[]): string[] {
  const trimmed = names.map((name) => name.trim());
  const unknown = trimmed.filter((name) => !KNOWN.includes(name));
  if (!unknown.length) return trimmed;
  throw new BadUse({
    zh: `不认识的列：${unknown.join('、')}；可用的列：${KNOWN.join('、')}`,
    en: `unknown columns: ${unknown.join(', ')}; known are ${KNOWN.join(', ')}`,
  });
}

function explain(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
    return new BadUse({ zh: `无法读取 ${path}（${code}）`, en: `${path} cannot be read (${code})` });
  if (error instanceof SyntaxError) return new BadUse({ zh: '不是有效的 JSON', en: 'this is not JSON' });
  if (!(error instanceof CsvError)) return error;
  const lines = Number((error as { lines?: number }).lines ?? 0);
  const at = { zh: `第 ${lines} 行附近`, en: `near line ${lines}` };
  return new CommandFailure({
    zh: `CSV 在${at.zh}有误（${error.code}），之后的内容没有导入`,
    en: `the CSV is broken ${at.en} (${error.code}); nothing after it was imported`,
  });
}
