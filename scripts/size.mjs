// The numbers of docs/architecture.md that keep the code pleasant to read, measured and held.
import { command } from './platform/processes.mjs';
import { both } from './platform/say.mjs';
import { requireNode } from './prepare.mjs';

const ROOTS = ['src', 'simulator/src', 'client/sdk/src', 'client/preview/src', 'web/src'];
const SERVER_ONLY = ['src'];
const OFFENDERS_SHOWN = 8;

const sorted = (list) => list.map(({ value }) => value).sort((a, b) => a - b);
const quantile = (share) => (list) => sorted(list)[Math.floor(share * list.length)] ?? 0;
const median = quantile(0.5);
const p95 = quantile(0.95);
const max = (list) => sorted(list).at(-1) ?? 0;
const mean = (list) => Math.round((10 * total(list)) / Math.max(1, list.length)) / 10;
const total = (list) => list.reduce((sum, { value }) => sum + value, 0);

const RULES = [
  { what: 'lines a file, median', of: 'files', by: median, bound: 70 },
  { what: 'lines a file, p95', of: 'files', by: p95, bound: 160 },
  { what: 'lines a file, longest', of: 'files', by: max, bound: 250 },
  // A component is mostly markup, which is laid out one attribute a line.
  { what: 'lines a function, mean', of: 'functions', by: mean, bound: 10, bounds: { 'web/src': 12 } },
  { what: 'lines a function, p95', of: 'functions', by: p95, bound: 30 },
  { what: 'lines a function, longest', of: 'functions', by: max, bound: 50 },
  { what: 'constructor parameters', of: 'constructors', by: max, bound: 5 },
  { what: 'public methods a service', of: 'services', by: max, bound: 8 },
  { what: 'files a folder', of: 'folders', by: max, bound: 12 },
  { what: 'depth', of: 'depths', by: max, bound: 4 },
  { what: 'any', of: 'any', by: total, bound: 0 },
  { what: 'forwardRef', of: 'forwardRef', by: total, bound: 0 },
  { what: 'process.env outside platform/config', of: 'env', by: total, bound: 0, roots: SERVER_ONLY },
  { what: 'HTTP words outside controllers', of: 'http', by: total, bound: 0, roots: SERVER_ONLY },
];

const boundOf = ({ bound, bounds = {} }, root) => bounds[root] ?? bound;

function judge(rule, measured) {
  const values = ROOTS.map((root) => {
    if (rule.roots && !rule.roots.includes(root)) return { root, value: '-', ok: true };
    const value = rule.by(measured[root][rule.of]);
    return { root, value, ok: value <= boundOf(rule, root) };
  });
  return { rule, values, ok: values.every(({ ok }) => ok) };
}

function row({ rule, values, ok }) {
  const columns = values.map(({ value }) => String(value).padStart(20));
  return `${rule.what.padEnd(36)}${columns.join('')}${`≤ ${rule.bound}`.padStart(8)}  ${ok ? 'ok' : 'FAIL'}`;
}

/** For a median or a mean no single file is guilty: the largest are where to begin. */
function offenders({ rule, values }, measured) {
  return values
    .filter(({ ok }) => !ok)
    .flatMap(({ root }) => {
      const list = measured[root][rule.of].toSorted((a, b) => b.value - a.value);
      const over = list.filter(({ value }) => value > boundOf(rule, root));
      const shown = (over.length > 0 ? over : list).slice(0, OFFENDERS_SHOWN);
      return shown.map(({ value, where }) => `  ${rule.what}: ${where} (${value})`);
    });
}

await command(async () => {
  requireNode();
  const { measure } = await import('./size/measure.mjs');
  const measured = Object.fromEntries(ROOTS.map((root) => [root, measure(root)]));
  const empty = ROOTS.filter((root) => measured[root].paths.length === 0);
  const results = RULES.map((rule) => judge(rule, measured));
  const failed = results.filter(({ ok }) => !ok);
  console.log(`${''.padEnd(36)}${ROOTS.map((root) => root.padStart(20)).join('')}${'bound'.padStart(8)}`);
  console.log(`${'files'.padEnd(36)}${ROOTS.map((root) => String(measured[root].paths.length).padStart(20)).join('')}`);
  for (const result of results) console.log(row(result));
  if (failed.length > 0) console.log(`\n${both('超出范围', 'out of bounds')}`);
  for (const result of failed) for (const line of offenders(result, measured)) console.log(line);
  for (const root of empty) console.log(both(`${root} 里没有代码`, `${root} holds no code: FAIL`));
  return failed.length + empty.length === 0 ? 0 : 1;
});
