import type { ImportOutcome, ImportRun } from '../../users/importing/user-import.js';
import type { ImportProblem } from '../../users/importing/import-record.js';
import { both } from '../terminal/both.js';

/** A line that was not imported, and why. */
export interface RefusedLine {
  line: number;
  problems: ImportProblem[];
}

/** What came of a whole file. */
export interface ImportReport {
  dryRun: boolean;
  lines: number;
  created: number;
  unchanged: number;
  refused: RefusedLine[];
}

export function newReport({ isDry }: ImportRun): ImportReport {
  return { dryRun: isDry, lines: 0, created: 0, unchanged: 0, refused: [] };
}

export function note(report: ImportReport, line: number, outcome: ImportOutcome | ImportProblem[]): void {
  report.lines++;
  if (outcome === 'created' || outcome === 'unchanged') report[outcome]++;
  else report.refused.push({ line, problems: [outcome].flat() });
}

/** A line that is wrong by itself is known earlier than one that somebody else stands in the way of. */
export function inOrder(report: ImportReport): ImportReport {
  return { ...report, refused: report.refused.toSorted((a, b) => a.line - b.line) };
}

/** For a person: each refused line with its reasons, then the counts. */
export function describeReport({ dryRun, lines, created, unchanged, refused }: ImportReport): string {
  const reasons = refused.flatMap(describeRefused);
  const willBe = dryRun ? { zh: '将新建', en: 'to be created' } : { zh: '新建', en: 'created' };
  return [
    ...reasons,
    both({
      zh: `共 ${lines} 行：${willBe.zh} ${created}，已导入过 ${unchanged}，未导入 ${refused.length}`,
      en: `${lines} lines: ${created} ${willBe.en}, ${unchanged} imported before, ${refused.length} refused`,
    }),
  ].join('\n');
}

function describeRefused({ line, problems }: RefusedLine): string[] {
  return problems.map(({ field, message }) => `${line}: ${field} ${both(message)}`);
}
