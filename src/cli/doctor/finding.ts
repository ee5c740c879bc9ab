import type { Localized } from '../../platform/errors/app-error.js';

export type Verdict = 'ok' | 'warning' | 'problem';

/** One line of the report: what was found, and what to do about it. */
export interface Finding {
  verdict: Verdict;
  what: Localized;
  fix?: Localized;
}

export function ok(zh: string, en: string): Finding {
  return { verdict: 'ok', what: { zh, en } };
}

export function warning(what: Localized, fix: Localized): Finding {
  return { verdict: 'warning', what, fix };
}

export function problem(what: Localized, fix: Localized): Finding {
  return { verdict: 'problem', what, fix };
}

/** The worst of several. */
export function worst(findings: Finding[]): Verdict {
  if (findings.some(({ verdict }) => verdict === 'problem')) return 'problem';
  return findings.some(({ verdict }) => verdict === 'warning') ? 'warning' : 'ok';
}
