import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session.js';
import { useMe } from '../app/use-session.js';
import { FormProblem } from '../forms/FormProblem.js';
import { useAction } from '../forms/use-action.js';
import { useReauthenticated } from '../signed-in/Reauthentication.js';

export function ExportCard() {
  const { t } = useTranslation();
  const { user } = useMe();
  const reauthenticated = useReauthenticated();
  const exporting = useAction(async () => {
    const data = await reauthenticated(() => session.request<object>('GET', '/users/me/export'));
    download(`wx-login-${user.id}.json`, JSON.stringify(data, null, 2));
  });
  return (
    <section className="card" aria-labelledby="export">
      <h2 id="export">{t('account.export')}</h2>
      <p className="card-lead">{t('account.exportText')}</p>
      <FormProblem error={exporting.error} />
      <Button loading={exporting.isBusy} onClick={() => void exporting.run()}>
        {t('account.exportButton')}
      </Button>
    </section>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
