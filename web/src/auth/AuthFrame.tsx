import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../app/icon.svg';
import { LanguageSwitch } from '../app/LanguageSwitch.js';
import { PageTitle } from '../app/PageTitle.js';

/** Around the pages of those who are not logged in; the first field has the focus. */
export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="auth">
      <header>
        <span className="brand">
          <img src={icon} alt="" width={28} height={28} />
          {t('brand')}
        </span>
        <LanguageSwitch />
      </header>
      <main>
        <PageTitle isQuiet>{title}</PageTitle>
        {children}
      </main>
    </div>
  );
}
