import type { ReactNode } from 'react';

/** A word that stands out: all is well, look here, or something is wrong. */
export function Mark({ kind, children }: { kind: 'good' | 'watch' | 'bad'; children: ReactNode }) {
  return <span className={`mark mark-${kind}`}>{children}</span>;
}
