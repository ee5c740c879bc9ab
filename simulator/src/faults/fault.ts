import type { Effect } from './effect.js';

/** What goes wrong on one of WeChat's paths, and how often. */
export interface Fault {
  /** One of WeChat's paths, or `*` for all of them. */
  readonly endpoint: string;
  /** Absent when the answer is only delayed. */
  readonly effect?: Effect;
  /** How many more requests it hits; absent: all until it is removed. */
  times?: number;
  readonly delayMs: number;
  /** Whether WeChat's part is done all the same, unseen by the caller. */
  readonly burnsCode: boolean;
}

/** A fault as people write it: `errcode:-1`, `http:502`, `timeout`, and `delay` when that is all. */
export function labelOf({ effect }: Fault): string {
  if (!effect) return 'delay';
  if (effect.kind === 'errcode') return `errcode:${effect.errcode}`;
  return effect.kind === 'http' ? `http:${effect.status}` : effect.kind;
}

/** Says whether WeChat's part is done before the caller is let down. */
export function letsWorkHappen({ effect, burnsCode }: Fault): boolean {
  if (!effect || burnsCode) return true;
  return effect.kind === 'truncated' || effect.kind === 'drop-reply';
}
