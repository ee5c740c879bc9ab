import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../app/PageTitle.js';
import { Loaded } from '../../signed-in/Loaded.js';
import { useAnswer } from '../../signed-in/queries.js';
import type { WechatApp } from '../types.js';
import { AppCard } from './AppCard.js';

const EVERY_MS = 30_000;

export default function WechatPage() {
  const { t } = useTranslation();
  const query = useAnswer<WechatApp[]>('/admin/wechat/apps', { everyMs: EVERY_MS });
  return (
    <>
      <div className="page-head">
        <div>
          <PageTitle>{t('admin.wechat.title')}</PageTitle>
          <p>{t('admin.wechat.lead')}</p>
        </div>
      </div>
      <Loaded query={query}>
        {(apps) => (
          <div className="stack">
            {apps.map((app) => (
              <AppCard key={app.appId} app={app} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}
