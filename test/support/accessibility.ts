import axe from 'axe-core';
import type { Frame } from 'playwright-core';

const SERIOUS = ['serious', 'critical'];

interface Found {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What axe finds that is serious in a page or in one of its frames: rule, and the elements that break it. */
export async function seriousFindings(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source);
  const run = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], iframes: false })`;
  const { violations } = (await frame.evaluate(run)) as Found;
  return violations
    .filter(({ impact }) => SERIOUS.includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}
