// npm run check: what must hold before a commit, without a database. All steps run, even when one fails.
import { command, runNode } from './platform/processes.mjs';
import { both, seconds } from './platform/say.mjs';
import { install, requireNode } from './prepare.mjs';

const AT_A_TIME = 2;
const JEST = ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--maxWorkers=1'];

// The longest first, so that the last one does not run alone for long.
const STEPS = [
  { name: ['代码规则', 'lint'], argv: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  { name: ['单元测试', 'unit'], argv: JEST, env: { NODE_ENV: 'test', TEST_DATABASE_URL: undefined } },
  { name: ['类型', 'types'], argv: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { name: ['示例小程序的类型', 'types of the demo'], argv: ['node_modules/typescript/bin/tsc', '-p', 'client/demo'] },
  {
    name: ['小程序预览的类型', 'types of the preview'],
    argv: ['node_modules/typescript/bin/tsc', '-p', 'client/preview'],
  },
  { name: ['网页的类型', 'types of the web page'], argv: ['node_modules/typescript/bin/tsc', '-p', 'web'] },
  { name: ['格式', 'format'], argv: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: ['依赖方向', 'imports'], argv: ['scripts/imports.mjs'] },
  { name: ['代码尺寸', 'size'], argv: ['scripts/size.mjs'], showsOutput: true },
];

async function runStep({ name: [zh, en], argv, env, showsOutput }) {
  const began = performance.now();
  const { code, output } = await runNode(argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const line = `${code === 0 ? '✓' : '✗'} ${both(zh, en)} ${seconds(began)}`;
  console.log(line);
  if (output.trim() && (code !== 0 || showsOutput)) console.log(`\n${output.replace(/^\n+/, '').trimEnd()}\n`);
  return { line, ok: code === 0 };
}

async function runAll(steps) {
  const waiting = [...steps];
  const results = new Map();
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.set(step, await runStep(step));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return steps.map((step) => results.get(step));
}

await command(async () => {
  requireNode();
  await install();
  const began = performance.now();
  const results = await runAll(STEPS);
  const failed = results.filter(({ ok }) => !ok);
  console.log(['', both('检查结果', 'checks'), ...results.map(({ line }) => `  ${line}`)].join('\n'));
  const verdict =
    failed.length === 0 ? both('全部通过', 'all passed') : both(`${failed.length} 项未通过`, `${failed.length} failed`);
  console.log(`${verdict}, ${seconds(began)}`);
  return failed.length === 0 ? 0 : 1;
});
