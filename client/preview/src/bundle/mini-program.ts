import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Templates } from './wxml.js';
import { compileWxss, type Reach, scopeOf, wxssProblems } from './wxss.js';

interface UnitConfig {
  component?: boolean;
  usingComponents?: Record<string, string>;
  navigationBarTitleText?: string;
}

interface AppConfig {
  pages: string[];
  usingComponents?: Record<string, string>;
  window?: { navigationBarTitleText?: string };
}

interface Unit {
  readonly config: object;
  readonly css: string;
  readonly title: string;
  readonly scope: string;
}

/** A mini-program on the disk, compiled except for its scripts. */
export class MiniProgram {
  readonly pages: readonly string[];
  readonly units = new Map<string, Unit>();
  readonly appCss: string;
  readonly problems: string[] = [];
  private readonly templates: Templates;
  private readonly app: AppConfig;

  /** @param builtins the folder with the templates of the built-in components */
  constructor(
    private readonly root: string,
    builtins: string,
  ) {
    const tags = readdirSync(builtins).flatMap((file) =>
      file.endsWith('.wxml') ? file.slice(0, -'.wxml'.length) : [],
    );
    this.templates = new Templates(tags);
    for (const tag of tags) this.templates.addBuiltin(tag, readFileSync(join(builtins, `${tag}.wxml`), 'utf8').trim());
    this.app = this.json('app') as unknown as AppConfig;
    this.pages = this.app.pages;
    this.appCss = this.wxss('app', tags, 'everywhere');
    for (const page of this.pages) this.visit(page, tags);
    this.problems.push(...this.templates.problems);
  }

  /** JavaScript that hands the whole program to the phone; `runtime` is the phone's module. */
  entry(runtime: string): string {
    const units = [...this.units].map(([path, { config, css, title, scope }]) => {
      const values = `config: ${JSON.stringify(config)}, css: ${JSON.stringify(css)}, title: ${JSON.stringify(title)}, scope: ${JSON.stringify(scope)}`;
      const run = `() => require(${JSON.stringify(join(this.root, `${path}.ts`))})`;
      return `${JSON.stringify(path)}: { template: template(${JSON.stringify(path)}), ${values}, run: ${run} }`;
    });
    return `
import { start } from ${JSON.stringify(runtime)};
const groups = ${this.templates.generated()};
const template = (path) => ({ groupList: groups, content: groups[path] });
const builtins = Object.fromEntries(Object.keys(groups).filter((path) => path.startsWith('wx/')).map((path) => [path.slice(3), template(path)]));
start({
  pages: ${JSON.stringify(this.pages)},
  appCss: ${JSON.stringify(this.appCss)},
  builtins,
  units: { ${units.join(',\n')} },
  runApp: () => require(${JSON.stringify(join(this.root, 'app.ts'))}),
});`;
  }

  private visit(path: string, tags: readonly string[]): void {
    if (this.units.has(path)) return;
    if (!existsSync(join(this.root, `${path}.wxml`))) {
      this.problems.push(`${path}.wxml is missing`);
      return;
    }
    const config: UnitConfig = this.json(path);
    const using = { ...this.app.usingComponents, ...config.usingComponents };
    const isPage = this.pages.includes(path);
    const title = config.navigationBarTitleText ?? this.app.window?.navigationBarTitleText ?? '';
    const usingComponents = { ...Object.fromEntries(tags.map((tag) => [`wx-${tag}`, `/wx/${tag}`])), ...using };
    this.units.set(path, {
      config: { ...config, usingComponents },
      css: this.wxss(path, tags, isPage ? { page: path } : { component: path }),
      title,
      scope: isPage ? '' : scopeOf(path),
    });
    this.templates.add(path, readFileSync(join(this.root, `${path}.wxml`), 'utf8'), Object.keys(using));
    for (const component of Object.values(using)) {
      this.visit(posix.resolve(posix.dirname(`/${path}`), component).slice(1), tags);
    }
  }

  private wxss(path: string, tags: readonly string[], reach: Reach): string {
    const file = join(this.root, `${path}.wxss`);
    if (!existsSync(file)) return '';
    const source = readFileSync(file, 'utf8');
    for (const problem of wxssProblems(source)) this.problems.push(`${path}.wxss:${problem}`);
    return compileWxss(source, tags, reach);
  }

  private json(path: string): UnitConfig {
    return JSON.parse(readFileSync(join(this.root, `${path}.json`), 'utf8')) as UnitConfig;
  }
}
