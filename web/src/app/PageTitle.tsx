import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

// Whoever has just loaded the page begins at its top.
let isFirst = true;

/** The page's heading: names the tab, and takes the focus when somebody comes from another page, unless it is quiet. */
export function PageTitle({ children, isQuiet = false }: { children: string; isQuiet?: boolean }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · ${t('brand')}`;
  }, [children, t]);
  useEffect(() => {
    if (!isFirst && !isQuiet) heading.current?.focus();
    isFirst = false;
  }, [isQuiet]);
  return (
    <h1 ref={heading} tabIndex={-1} className="page-title">
      {children}
    </h1>
  );
}
