import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { File, Files } from './files.js';
import { MiniProgram } from './mini-program.js';
import { packageRoot } from './places.js';

const ROOT = packageRoot();
const DEMO = join(ROOT, '../demo/miniprogram');
const SDK = join(ROOT, '../sdk/src/index.ts');
const PHONE = join(ROOT, 'src/phone');
const PAGE = join(ROOT, 'src/page');

const BUILD: BuildOptions = {
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"development"' },
  alias: { '@wx-login/sdk': SDK },
  // The project's own settings are for the server; these are a browser's.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
  logLevel: 'silent',
};

type Source = () => Promise<File> | File;

/** Makes what the browser is given, anew when a source has changed: edit the demo, reload the page. */
export class Bundler implements Files {
  private readonly made = new Map<string, { file: Promise<File>; of: number }>();
  private readonly sources: Readonly<Record<string, Source>> = {
    '/': () => html(join(PAGE, 'page.html')),
    '/page.css': () => css(join(PAGE, 'page.css')),
    '/page.js': () => script({ entryPoints: [join(PAGE, 'page.ts')] }),
    '/phone': () => html(join(PHONE, 'phone.html')),
    '/phone.css': () => css(join(PHONE, 'phone.css')),
    '/phone.js': () => phoneScript(),
  };

  async get(pathname: string): Promise<File | undefined> {
    const source = this.sources[pathname];
    if (!source) return undefined;
    const of = newest([PHONE, PAGE, DEMO, join(SDK, '..')]);
    const made = this.made.get(pathname);
    if (made?.of === of) return made.file;
    const file = Promise.resolve(source());
    this.made.set(pathname, { file, of });
    file.catch(() => this.made.delete(pathname));
    return file;
  }
}

/** The demo on the disk, with what is wrong with its templates and styles. */
export function readDemo(): MiniProgram {
  return new MiniProgram(DEMO, join(PHONE, 'builtins'));
}

async function phoneScript(): Promise<File> {
  const demo = readDemo();
  if (demo.problems.length > 0) return complaint(demo.problems);
  const entry = { contents: demo.entry(join(PHONE, 'start.ts')), resolveDir: ROOT, loader: 'js' as const };
  return script({ stdin: entry });
}

/** A build that failed is shown where the mini-program would be. */
async function script(options: BuildOptions): Promise<File> {
  try {
    const { outputFiles } = await build({ ...BUILD, ...options });
    return { type: 'text/javascript; charset=utf-8', body: Buffer.from(outputFiles![0]!.contents) };
  } catch (error) {
    return complaint([error instanceof Error ? error.message : String(error)]);
  }
}

function complaint(problems: readonly string[]): File {
  const text = JSON.stringify(problems.join('\n'));
  return {
    type: 'text/javascript; charset=utf-8',
    body: `document.body.innerHTML = '<pre class="complaint"></pre>'; document.querySelector('pre').textContent = ${text};`,
  };
}

function html(path: string): File {
  return { type: 'text/html; charset=utf-8', body: readFileSync(path) };
}

function css(path: string): File {
  return { type: 'text/css; charset=utf-8', body: readFileSync(path) };
}

/** The time of the latest change below these folders. */
function newest(folders: readonly string[]): number {
  const times = folders
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)).mtimeMs),
    );
  return Math.max(0, ...times);
}
