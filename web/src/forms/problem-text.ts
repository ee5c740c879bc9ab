import { ApiError, NetworkError, type Problem } from '../api/problem.js';
import type { Translate } from '../i18n/i18n.js';

/** What to say about something that went wrong: by the code, in the language of the page. */
export function problemText(error: unknown, t: Translate): string {
  if (error instanceof NetworkError) return t('problems.network');
  if (!(error instanceof ApiError)) return t('problems.unknown');
  const { code, title } = error.problem;
  return textOfCode(t, code) ?? (title || t('problems.unknown'));
}

/** Our own text for a code. A code has a dot in it, which i18next would take for a step down. */
export function textOfCode(t: Translate, code: string): string | undefined {
  return (t('problems', { returnObjects: true }) as unknown as Record<string, string>)[code];
}

const FIELDS: Record<string, string> = { 'users.username_taken': 'username', 'users.email_taken': 'email' };

export interface FieldProblem {
  name: string;
  message: string;
}

/** What belongs beside a field of this form, rather than above it. */
export function fieldProblems(error: unknown, names: string[], t: Translate): FieldProblem[] {
  if (!(error instanceof ApiError)) return [];
  const { problem } = error;
  const ofCode = FIELDS[problem.code];
  const all = ofCode ? [{ name: ofCode, message: problemText(error, t) }] : listed(problem, t);
  return all.every(({ name }) => names.includes(name)) ? all : [];
}

function listed({ errors = [] }: Problem, t: Translate): FieldProblem[] {
  return errors.map(({ field, message }) => ({
    name: field,
    message: /^\p{Script=Han}/u.test(message) ? message : `${t(`fields.${field}`)} ${message}`,
  }));
}
