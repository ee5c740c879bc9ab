import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session.js';

/** While the server is asked who this is. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <main className="splash" aria-busy="true" aria-label={t('loading')}>
      <Spin size="large" />
    </main>
  );
}

/** The server does not answer: nobody is logged out, and the address stays. */
export function Unreachable() {
  const { t } = useTranslation();
  return (
    <main className="splash">
      <h1 className="page-title">{t('unreachable.title')}</h1>
      <p role="status">{t('unreachable.text')}</p>
      <Button type="primary" onClick={() => void session.restore()}>
        {t('retry')}
      </Button>
    </main>
  );
}
