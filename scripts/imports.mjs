// The staircase of docs/architecture.md, checked by dependency-cruiser, which has been seen to read nothing and pass.
import { files } from './platform/once.mjs';
import { command, runNode } from './platform/processes.mjs';
import { Trouble } from './platform/say.mjs';
import { requireNode } from './prepare.mjs';

const CRUISE = ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs'];
const LEAST_SHARE = 0.9;

const isProduct = (path) => path.startsWith('src/') && /(?<!\.d|\.spec)\.ts$/.test(path);

async function cruise() {
  const { output } = await runNode([...CRUISE, '--output-type', 'json', 'src'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return JSON.parse(output);
  } catch {
    throw new Trouble(
      'dependency-cruiser 没有给出结果。',
      'dependency-cruiser gave no result.',
      output.slice(0, 2_000),
    );
  }
}

function describe({ rule, from, to, cycle }) {
  const path = cycle ? cycle.map(({ name }) => name).join(' → ') : to;
  return `  ${rule.severity} ${rule.name}: ${from} → ${path}`;
}

await command(async () => {
  requireNode();
  const { modules, summary } = await cruise();
  const read = modules.filter(({ source }) => isProduct(source)).length;
  const present = files('src')
    .map((path) => path.replaceAll('\\', '/'))
    .filter(isProduct).length;
  if (present === 0 || read < present * LEAST_SHARE) {
    throw new Trouble(`只读到 ${present} 个文件中的 ${read} 个。`, `Only ${read} of ${present} files were read.`);
  }
  for (const violation of summary.violations) console.log(describe(violation));
  console.log(
    `${read} modules, ${summary.totalDependenciesCruised} dependencies, ${summary.error} errors, ${summary.warn} warnings`,
  );
  return summary.error + summary.warn === 0 ? 0 : 1;
});
