// npm run openapi: writes the compiled server's own description of its API to openapi.json.
import { writeFileSync } from 'node:fs';
import { command, runNode } from './platform/processes.mjs';
import { say, Trouble } from './platform/say.mjs';
import { prepare, requireNode } from './prepare.mjs';

const FILE = 'openapi.json';

function parse(output) {
  try {
    return JSON.parse(output);
  } catch {
    throw new Trouble(
      'dist/src/openapi.js 的输出不是 JSON。',
      'dist/src/openapi.js did not print JSON.',
      output.slice(0, 500),
    );
  }
}

await command(async () => {
  requireNode();
  await prepare();
  const { code, output } = await runNode(['dist/src/openapi.js'], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (code !== 0) throw new Trouble('生成接口文档失败。', 'The OpenAPI document was not made.', output);
  const document = parse(output);
  writeFileSync(FILE, `${JSON.stringify(document, null, 2)}\n`);
  const paths = Object.keys(document.paths ?? {}).length;
  say(`已写入 ${FILE}（${paths} 个路径）`, `written, ${paths} paths`);
  return 0;
});
