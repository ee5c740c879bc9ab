// Builds the package: dist for bundlers (Taro, uni-app) with its types, miniprogram_dist for 构建 npm of WeChat DevTools.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.mjs';

/** What the package may weigh in a mini-program, whose 2 MB are counted without compression. */
const MOST_BYTES = 10 * 1024;

const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

function write(path, text) {
  mkdirSync(dirname(join(here, path)), { recursive: true });
  writeFileSync(join(here, path), `${text}\n`);
}

for (const folder of ['dist', 'miniprogram_dist']) rmSync(join(here, folder), { recursive: true, force: true });
const { esm, commonJs } = await bundle();
write('miniprogram_dist/index.js', commonJs);
write('dist/index.js', commonJs);
write('dist/index.mjs', esm);
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: here, stdio: 'inherit' });
const bytes = Buffer.byteLength(commonJs) + 1;
console.log(`${bytes} bytes, ${gzipSync(commonJs, { level: 9 }).length} with gzip`);
if (bytes >= MOST_BYTES) throw new Error(`The package has to stay below ${MOST_BYTES} bytes`);
