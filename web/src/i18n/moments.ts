const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 天前", "in 2 hours"; under a minute it is now. */
export function relativeTime(iso: string, { language, now = Date.now() }: { language: string; now?: number }): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (!step) return language === 'zh' ? '刚刚' : 'just now';
  const [unit, size] = step;
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** A moment in full, in the time zone of the reader. */
export function absoluteTime(iso: string, { language, hasSeconds }: { language: string; hasSeconds: boolean }): string {
  const options = { dateStyle: 'medium', timeStyle: hasSeconds ? 'medium' : 'short' } as const;
  return new Date(iso).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', options);
}
