// Builds the page, compresses what the server sends as it is, and fails when the first visit would load too much.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const FIRST_LOAD_MAX_BYTES = 250_000;
const FIRST_PAGE = 'src/auth/LoginPage.tsx';
const DIST = join(import.meta.dirname, 'dist');
const ASSETS = join(DIST, 'assets');

/** File names a page needs: its chunk, what that imports, and the styles of both. */
function needed(manifest, key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((each) => needed(manifest, each, seen))];
}

function compress(name) {
  const content = readFileSync(join(ASSETS, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  writeFileSync(join(ASSETS, `${name}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(ASSETS, `${name}.br`), brotliCompressSync(content, quality));
}

await build({ configFile: join(import.meta.dirname, 'vite.config.mjs'), logLevel: 'warn' });
for (const name of readdirSync(ASSETS)) if (/\.(js|css|svg)$/.test(name)) compress(name);

const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'));
const first = new Set([...needed(manifest, 'index.html'), ...needed(manifest, FIRST_PAGE)]);
const sizeOf = (file) => readFileSync(join(DIST, `${file}.gz`)).length;
const bytes = [...first].reduce((sum, file) => sum + sizeOf(file), 0);
const figure = `登录页首次加载 · first load of the login page: ${(bytes / 1000).toFixed(1)} kB gzip, ${first.size} files`;
console.log(figure);
if (bytes > FIRST_LOAD_MAX_BYTES) {
  console.error(`超过 · over ${FIRST_LOAD_MAX_BYTES / 1000} kB`);
  process.exitCode = 1;
}
