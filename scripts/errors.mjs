// npm run errors: writes the codes of docs/errors.md, which a test holds equal to the server, into the types of the SDK.
import { readFileSync, writeFileSync } from 'node:fs';
import { command } from './platform/processes.mjs';
import { say } from './platform/say.mjs';
import { requireNode } from './prepare.mjs';

const TABLE = 'docs/errors.md';
const FILE = 'client/sdk/src/errors/server-errors.ts';
const ROW = /^\| `(?<code>[\w.]+)` \| (?<status>\d{3}) \| (?<zh>[^|]+) \| (?<en>[^|]+) \|/gm;

function render(rows) {
  return [
    '// Made from docs/errors.md by `npm run errors`.',
    '',
    '/** What the server refuses a request with: each code with its HTTP status, and its text in both languages. */',
    'export interface ServerErrors {',
    ...rows.flatMap(({ code, status, zh, en }) => [
      `  /** ${zh} · ${en} */`,
      `  ${code.includes('.') ? `'${code}'` : code}: ${status};`,
    ]),
    '}',
    '',
    '/** A code of the server. */',
    'export type ServerErrorCode = keyof ServerErrors;',
    '',
  ].join('\n');
}

await command(() => {
  requireNode();
  const rows = [...readFileSync(TABLE, 'utf8').matchAll(ROW)].map(({ groups }) => groups);
  const text = render(rows);
  if (process.argv.includes('--check')) {
    if (readFileSync(FILE, 'utf8') === text) return 0;
    say(`${FILE} 与 ${TABLE} 不一致，请运行 npm run errors。`, 'out of date: run npm run errors');
    return 1;
  }
  writeFileSync(FILE, text);
  say(`已写入 ${FILE}（${rows.length} 个错误码）`, `written, ${rows.length} codes`);
  return 0;
});
