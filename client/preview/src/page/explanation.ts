import type { Text } from './language.js';

/** What an arrow is called, and one line about why it is there. */
export interface Explanation {
  readonly label: Text;
  readonly why: Text;
}

export type Explanations = Readonly<Record<string, Explanation>>;

/** Both languages of the name, then both of the reason. */
export function explanation(zh: string, en: string, whyZh: string, whyEn: string): Explanation {
  return { label: { zh, en }, why: { zh: whyZh, en: whyEn } };
}
