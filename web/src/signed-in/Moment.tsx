import { useTranslation } from 'react-i18next';
import { absoluteTime, relativeTime } from '../i18n/moments.js';

/** A moment as people say it, or in full; the other is its title. */
export function Moment({ at, isFull = false }: { at: string; isFull?: boolean }) {
  const { i18n } = useTranslation();
  const relative = relativeTime(at, { language: i18n.language });
  const absolute = absoluteTime(at, i18n.language);
  return (
    <time dateTime={at} title={isFull ? relative : absolute}>
      {isFull ? absolute : relative}
    </time>
  );
}
