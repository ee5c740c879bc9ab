// npm run data-map: writes what the compiled server's entities say they hold to docs/data-map.md.
import { writeFileSync } from 'node:fs';
import { command, runNode } from './platform/processes.mjs';
import { say, Trouble } from './platform/say.mjs';
import { prepare, requireNode } from './prepare.mjs';

const FILE = 'docs/data-map.md';

await command(async () => {
  requireNode();
  await prepare();
  const { code, output } = await runNode(['dist/src/data-map.js'], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (code !== 0) throw new Trouble('生成数据地图失败。', 'The data map was not made.', output);
  writeFileSync(FILE, output);
  say(`已写入 ${FILE}`, 'written');
  return 0;
});
