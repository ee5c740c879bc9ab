import { useTranslation } from 'react-i18next';
import { absoluteTime, relativeTime } from '../i18n/moments.js';

interface MomentProps {
  at: string;
  isFull?: boolean;
  hasSeconds?: boolean;
}

/** A moment as people say it, or in full; the other is its title. */
export function Moment({ at, isFull = false, hasSeconds = false }: MomentProps) {
  const { i18n } = useTranslation();
  const relative = relativeTime(at, { language: i18n.language });
  const absolute = absoluteTime(at, { language: i18n.language, hasSeconds });
  return (
    <time dateTime={at} title={isFull ? relative : absolute}>
      {isFull ? absolute : relative}
    </time>
  );
}
