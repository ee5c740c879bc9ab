// npm run test:browser: the pages in a real Chromium, against the real server and the simulator; closed as npm test is.
import { findChromium } from './browser/chromium.mjs';
import { closingLine, count, runJest } from './platform/jest.mjs';
import { command } from './platform/processes.mjs';
import { prepare, requireNode } from './prepare.mjs';

const HELP = `npm run test:browser [-- --screenshots] [-- Jest 的参数 · options of Jest]
  --screenshots   更新 docs/images 里的截图 · renews the pictures of docs/images
  CHROMIUM=path   使用指定的 Chromium 或 Chrome · a Chromium or Chrome of your own
`;

async function test(args) {
  await prepare();
  const chromium = await findChromium();
  const screenshots = args.includes('--screenshots') ? 'docs/images' : undefined;
  const rest = args.filter((arg) => arg !== '--screenshots');
  return count(
    await runJest(['--selectProjects', 'browser', '--maxWorkers=1', ...rest], {
      TEST_CHROMIUM: chromium,
      TEST_SCREENSHOTS: screenshots,
      TEST_DATABASE_URL: undefined,
    }),
  );
}

await command(() => {
  requireNode();
  const args = process.argv.slice(2);
  if (args.some((arg) => arg === '--help' || arg === '-h')) return console.log(HELP) ?? 0;
  return closingLine(() => test(args));
});
