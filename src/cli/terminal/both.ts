import type { Localized } from '../../platform/errors/app-error.js';

/** One line in both languages, Chinese first. */
export function both({ zh, en }: Localized): string {
  return zh === en ? zh : `${zh} / ${en}`;
}
