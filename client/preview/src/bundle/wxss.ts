const RPX = /(-?\d*\.?\d+)rpx/g;
const PAGE = /(^|[\s,}])page(?=[\s,{.])/g;
const KEYFRAMES = /@keyframes\s+[\w-]+\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;

/** Where a stylesheet holds: everywhere, on one page, or inside one component, whose classes the framework renames. */
export type Reach = 'everywhere' | { readonly page: string } | { readonly component: string };

/**
 * A stylesheet as a browser takes it: rpx become a 750th of the screen's width, tags get the names they have in the DOM,
 * and `page` is the page itself.
 */
export function compileWxss(source: string, tags: readonly string[], reach: Reach): string {
  const names = new RegExp(`(^|[\\s,}>+~])(${tags.join('|')})(?=[\\s,{.:>+~\\[])`, 'g');
  const css = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(RPX, (_, number: string) => `calc(${number} * var(--rpx))`)
    .replace(names, '$1wx-$2');
  if (reach === 'everywhere') return css.replace(PAGE, '$1.page');
  if ('component' in reach) return css.replace(/\.(?=[a-zA-Z_-])/g, `.${scopeOf(reach.component)}--`);
  const frames = css.match(KEYFRAMES) ?? [];
  const rules = css.replace(KEYFRAMES, '').replace(PAGE, '$1&');
  return `${frames.join('\n')}\n.page[data-page="${reach.page}"] {${rules}}`;
}

/** What stands before the class names of a component, so that no page's style reaches into it and none of its own out. */
export function scopeOf(component: string): string {
  return component.replaceAll('/', '-');
}

/** What is wrong with a stylesheet, by line: unclosed blocks, declarations without a value, units that do not exist. */
export function wxssProblems(source: string): string[] {
  const problems: string[] = [];
  let depth = 0;
  const lines = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).split('\n');
  lines.forEach((line, index) => {
    for (const character of line) {
      if (character === '{') depth++;
      if (character === '}' && --depth < 0) problems.push(`${index + 1}: "}" closes nothing`);
    }
    if (depth > 0 && /^\s*[\w-]+\s*:[^;{}]*$/.test(line) && !/[,(]$/.test(line.trimEnd()))
      problems.push(`${index + 1}: ";" is missing`);
    for (const [unit] of line.matchAll(/(?<![\w#-])\d*\.?\d+(?:rxp|prx|pxr|rp|pr)\b/g))
      problems.push(`${index + 1}: "${unit}" is no length`);
    if (/^\s*\*|[,}\s]\*\s*\{/.test(line)) problems.push(`${index + 1}: WXSS knows no "*" selector`);
  });
  if (depth > 0) problems.push(`${lines.length}: "}" is missing`);
  return problems;
}
