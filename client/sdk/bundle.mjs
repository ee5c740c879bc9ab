// Makes one small script of the sources.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifySync } from '@swc/core';
import { build } from 'esbuild';
import ts from 'typescript';

/** The names in the phone's storage: they stay the same in every version. */
const KEPT_NAMES = { session: 't', silent: 'i', staleAt: 'm', deviceId: 'g', offset: 'y', kind: 'h' };
const INTERNAL = ['Core', 'KeptState', 'Session'];

const here = fileURLToPath(new URL('.', import.meta.url));

/** The property names of every interface in a file, by interface. */
function interfacesOf(path) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return file.statements
    .filter(ts.isInterfaceDeclaration)
    .map((each) => ({ name: each.name.text, members: each.members.map((member) => member.name?.text) }));
}

/** What nobody outside sees, the names of `interface Core` and those of the storage, is one letter long in the package. */
function internalNames() {
  const sources = readdirSync(join(here, 'src'), { recursive: true }).filter((path) => path.endsWith('.ts'));
  const interfaces = sources.flatMap((path) => interfacesOf(join(here, 'src', path)));
  const core = interfaces.find(({ name }) => name === 'Core').members;
  const internal = [...core, ...Object.keys(KEPT_NAMES)];
  const others = interfaces.filter(({ name }) => !INTERNAL.includes(name)).flatMap(({ members }) => members);
  const shared = internal.filter((name) => others.includes(name));
  if (shared.length > 0) throw new Error(`A public interface has a member ${shared} too: rename the internal one`);
  return internal;
}

/** The package as the two kinds of module. */
export async function bundle() {
  const esm = await minified();
  return { esm, commonJs: toCommonJs(esm) };
}

async function minified() {
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
    mangleCache: KEPT_NAMES,
    logLevel: 'warning',
  });
  const compress = { passes: 5, unsafe: true, toplevel: true, keep_fargs: false };
  const format = { comments: false, ecma: 2018 };
  return minifySync(asArrows(outputFiles[0].text), { module: true, ecma: 2018, compress, mangle: true, format }).code;
}

/** `function f(){…}` becomes `const f=()=>{…}`, which is shorter; nothing is called before all is defined. */
function asArrows(code) {
  const { factory } = ts;
  const source = ts.createSourceFile('index.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const statements = source.statements.map((each) => {
    if (!ts.isFunctionDeclaration(each)) return each;
    const arrow = factory.createArrowFunction(each.modifiers, [], each.parameters, undefined, undefined, each.body);
    const declaration = factory.createVariableDeclaration(each.name, undefined, undefined, arrow);
    const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const);
    return factory.createVariableStatement(undefined, list);
  });
  const printed = ts.createPrinter().printFile(factory.updateSourceFile(source, statements));
  return printed.replace(/\\u([\dA-F]{4})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** `export{a as B}` becomes `exports.B=a`: a tenth of what a bundler would write for it. */
function toCommonJs(esm) {
  const [statement, list] = /export\{([^}]+)\};?$/.exec(esm);
  const exported = list.split(',').map((each) => each.split(' as '));
  return `${esm.slice(0, -statement.length)}${exported.map(([local, name]) => `exports.${name}=${local};`).join('')}`;
}
