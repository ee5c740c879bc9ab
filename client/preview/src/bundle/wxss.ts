const RPX = /(-?\d*\.?\d+)rpx/g;
const KEYFRAMES = /@keyframes\s+[\w-]+\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;

/**
 * A stylesheet as a browser takes it: rpx become a 750th of the screen's width, tags get the names they have in the DOM,
 * and `page` is the page itself. With a page given, the rules hold on that page only, as in a mini-program.
 */
export function compileWxss(source: string, tags: readonly string[], page?: string): string {
  const names = new RegExp(`(^|[\\s,}>+~])(${tags.join('|')})(?=[\\s,{.:>+~\\[])`, 'g');
  const css = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(RPX, (_, number: string) => `calc(${number} * var(--rpx))`)
    .replace(names, '$1wx-$2');
  if (!page) return css.replace(/(^|[\s,}])page(?=[\s,{.])/g, '$1.page');
  const frames = css.match(KEYFRAMES) ?? [];
  const rules = css.replace(KEYFRAMES, '').replace(/(^|[\s,}])page(?=[\s,{.])/g, '$1&');
  return `${frames.join('\n')}\n.page[data-page="${page}"] {${rules}}`;
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
    if (depth > 0 && /^\s*[\w-]+\s*:[^;{}]*$/.test(line) && !line.trimEnd().endsWith(','))
      problems.push(`${index + 1}: ";" is missing`);
    for (const [unit] of line.matchAll(/(?<![\w#-])\d*\.?\d+(?:rxp|prx|pxr|rp|pr)\b/g))
      problems.push(`${index + 1}: "${unit}" is no length`);
    if (/^\s*\*|[,}\s]\*\s*\{/.test(line)) problems.push(`${index + 1}: WXSS knows no "*" selector`);
  });
  if (depth > 0) problems.push(`${lines.length}: "}" is missing`);
  return problems;
}
