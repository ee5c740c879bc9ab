import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

/** The page's heading: names the tab, and takes the focus when somebody comes from another page, unless it is quiet. */
export function PageTitle({ children, isQuiet = false }: { children: string; isQuiet?: boolean }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useLocation().key === 'default';
  useEffect(() => {
    document.title = `${children} · ${t('brand')}`;
  }, [children, t]);
  useEffect(() => {
    if (!isFirst && !isQuiet) heading.current?.focus();
  }, [isFirst, isQuiet]);
  return (
    <h1 ref={heading} tabIndex={-1} className="page-title">
      {children}
    </h1>
  );
}
