/** The faults whose name says everything. */
export const PLAIN_EFFECTS = ['html', 'empty', 'truncated', 'reset', 'timeout', 'drop-reply'] as const;

export type Effect =
  { kind: 'errcode'; errcode: number } | { kind: 'http'; status: number } | { kind: (typeof PLAIN_EFFECTS)[number] };

/** Reads `errcode:40226`, `http:502`, `timeout` …; undefined when it is none of them. */
export function parseEffect(text: string): Effect | undefined {
  const plain = PLAIN_EFFECTS.find((kind) => kind === text);
  if (plain) return { kind: plain };
  const [, kind, digits] = /^(errcode|http):(-?\d{1,9})$/.exec(text) ?? [];
  const number = Number(digits);
  if (kind === 'errcode' && number !== 0) return { kind, errcode: number };
  if (kind === 'http' && number >= 300 && number <= 599) return { kind, status: number };
  return undefined;
}
