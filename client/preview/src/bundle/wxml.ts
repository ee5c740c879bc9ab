import { TmplGroup } from 'glass-easel-template-compiler';

/** Tags that the template compiler itself understands. */
const OWN_TAGS = new Set(['block', 'template', 'import', 'include', 'slot', 'wxs']);

interface Warning {
  message: string;
  startLine: number;
  startColumn: number;
}

/** Compiles the templates of a mini-program and collects what is wrong with them. */
export class Templates {
  readonly problems: string[] = [];
  private readonly group = new TmplGroup();

  constructor(private readonly builtins: readonly string[]) {}

  /** A template of the mini-program; `components` are the tags that its `.json` declares. */
  add(path: string, source: string, components: readonly string[]): void {
    const text = source.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
    for (const { 1: tag, index } of text.matchAll(/<([a-z][\w-]*)/g)) {
      if (OWN_TAGS.has(tag!) || this.builtins.includes(tag!) || components.includes(tag!)) continue;
      this.problems.push(`${path}.wxml:${lineAt(text, index)}: <${tag}> is not a component`);
    }
    this.compile(path, this.renamed(source), `${path}.wxml`);
  }

  /** A built-in component's own template, made of HTML. */
  addBuiltin(name: string, source: string): void {
    this.compile(`wx/${name}`, source, `${name}.wxml`);
  }

  /** JavaScript: an expression whose value has a generator for each template. */
  generated(): string {
    return this.group.getTmplGenObjectGroups();
  }

  private compile(path: string, source: string, file: string): void {
    const warnings = (this.group.addTmpl(path, source) ?? []) as Warning[];
    for (const { message, startLine, startColumn } of warnings) {
      this.problems.push(`${file}:${startLine + 1}:${startColumn + 1}: ${message}`);
    }
  }

  /** `<view>` becomes `<wx-view>`: HTML has elements of the same names as some of WeChat's. */
  private renamed(source: string): string {
    return source.replace(new RegExp(`(</?)(${this.builtins.join('|')})(?=[\\s/>])`, 'g'), '$1wx-$2');
  }
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
