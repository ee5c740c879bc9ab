// Builds the package: dist for bundlers (Taro, uni-app) with its types, miniprogram_dist for 构建 npm of WeChat DevTools.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import ts from 'typescript';

const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** The property names of every interface in a file, by interface. */
function interfacesOf(path) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return file.statements
    .filter(ts.isInterfaceDeclaration)
    .map((each) => ({ name: each.name.text, members: each.members.map((member) => member.name?.text) }));
}

/** The names of `interface Core` are seen by nobody outside: in the package they are one letter long. */
function internalNames() {
  const sources = readdirSync(join(here, 'src'), { recursive: true }).filter((path) => path.endsWith('.ts'));
  const interfaces = sources.flatMap((path) => interfacesOf(join(here, 'src', path)));
  const core = interfaces.find(({ name }) => name === 'Core').members;
  const others = interfaces.filter(({ name }) => name !== 'Core').flatMap(({ members }) => members);
  const shared = core.filter((name) => others.includes(name));
  if (shared.length > 0) throw new Error(`Core and a public interface share ${shared}: rename it in Core`);
  return core;
}

async function bundle() {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: ['src/index.ts'],
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    target: 'es2018',
    mangleProps: new RegExp(`^(${internalNames().join('|')})$`),
    logLevel: 'warning',
  });
  return outputFiles[0].text.trim();
}

/** `export{a as B}` becomes `exports.B=a`: a tenth of what a bundler would write for it. */
function toCommonJs(esm) {
  const [statement, list] = /export\{([^}]+)\};?$/.exec(esm);
  const exported = list.split(',').map((each) => each.split(' as '));
  return `"use strict";${esm.slice(0, -statement.length)}${exported.map(([local, name]) => `exports.${name}=${local};`).join('')}`;
}

function write(path, text) {
  mkdirSync(dirname(join(here, path)), { recursive: true });
  writeFileSync(join(here, path), `${text}\n`);
}

for (const folder of ['dist', 'miniprogram_dist']) rmSync(join(here, folder), { recursive: true, force: true });
const esm = await bundle();
const commonJs = toCommonJs(esm);
write('miniprogram_dist/index.js', commonJs);
write('dist/index.js', commonJs);
write('dist/index.mjs', esm);
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: here, stdio: 'inherit' });
console.log(`${Buffer.byteLength(commonJs)} bytes, ${gzipSync(commonJs, { level: 9 }).length} with gzip`);
