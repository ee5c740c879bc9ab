import { useTranslation } from 'react-i18next';
import { PageTitle } from '../app/PageTitle.js';
import { EraseCard } from './EraseCard.js';
import { ExportCard } from './ExportCard.js';
import { PasswordCard } from './PasswordCard.js';
import { ProfileCard } from './ProfileCard.js';

export default function AccountPage() {
  const { t } = useTranslation();
  return (
    <div className="narrow">
      <PageTitle>{t('account.title')}</PageTitle>
      <div className="cards">
        <ProfileCard />
        <PasswordCard />
        <ExportCard />
        <EraseCard />
      </div>
    </div>
  );
}
