import { type Finding, ok, problem, warning } from './finding.js';

const NOTICED_MS = 2_000; // WeChat's Date header tells whole seconds
const HARMFUL_MS = 10_000; // processes re-read what others wrote in the last ten seconds
const SYNCHRONISE = {
  zh: '用 NTP（chrony、systemd-timesyncd）校准两边的时间',
  en: 'synchronise both clocks by NTP (chrony, systemd-timesyncd)',
};

/** Whose clock was read, and when by ours: between `before` and `after`. */
export interface ClockReading {
  whose: { zh: string; en: string };
  time: Date;
  before: number;
  after: number;
}

/** Does the other clock agree with this process's? */
export function compareClocks({ whose, time, before, after }: ClockReading): Finding {
  const skewMs = distance(time.getTime(), before, after);
  const seconds = (skewMs / 1000).toFixed(1);
  const what = {
    zh: `本机与${whose.zh}的时间相差 ${seconds} 秒`,
    en: `the clocks of this machine and of ${whose.en} differ by ${seconds} s`,
  };
  if (skewMs > HARMFUL_MS) return problem(what, SYNCHRONISE);
  return skewMs > NOTICED_MS ? warning(what, SYNCHRONISE) : ok(what.zh, what.en);
}

// The answer was written somewhere in between.
function distance(time: number, before: number, after: number): number {
  return Math.max(0, before - time, time - after);
}
