// Builds the package: dist for bundlers (Taro, uni-app) with its types, miniprogram_dist for 构建 npm of WeChat DevTools.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const OUTPUTS = [
  { outfile: 'miniprogram_dist/index.js', format: 'cjs' },
  { outfile: 'dist/index.js', format: 'cjs' },
  { outfile: 'dist/index.mjs', format: 'esm' },
];

for (const folder of ['dist', 'miniprogram_dist']) rmSync(join(here, folder), { recursive: true, force: true });
for (const output of OUTPUTS) {
  await build({
    ...output,
    absWorkingDir: here,
    entryPoints: ['src/index.ts'],
    bundle: true,
    minify: true,
    charset: 'utf8',
    target: 'es2018',
    logLevel: 'warning',
  });
}
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: here, stdio: 'inherit' });
