import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageTitle } from './PageTitle.js';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <div className="splash">
      <PageTitle>{t('notFound.title')}</PageTitle>
      <Link to="/">{t('notFound.back')}</Link>
    </div>
  );
}
