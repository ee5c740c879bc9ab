import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.js';
import { FormProblem } from '../../forms/FormProblem.js';
import { useAction } from '../../forms/use-action.js';
import type { Translate } from '../../i18n/i18n.js';
import { Mark } from '../../signed-in/Mark.js';
import { Moment } from '../../signed-in/Moment.js';
import { type Column, DataTable } from '../DataTable.js';
import type { Quota, WechatApp } from '../types.js';

const KINDS = { closed: 'good', half_open: 'watch', open: 'bad' } as const;
type Line = WechatApp['today'][number];

/** One mini-program: is WeChat answering, and how much of the day's quota is left? */
export function AppCard({ app }: { app: WechatApp }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const asking = useAction(async () => {
    await session.request('POST', `/admin/wechat/apps/${app.appId}/quota`, { body: {} });
    await queries.invalidateQueries({ queryKey: ['/admin/wechat/apps'] });
  });
  return (
    <section className="card" aria-labelledby={app.appId}>
      <div className="page-head">
        <div>
          <h2 id={app.appId} className="device-name">
            {app.name ?? app.appId} <Mark kind={KINDS[app.circuit]}>{t(`admin.wechat.${app.circuit}`)}</Mark>
          </h2>
          <p className="quiet">
            <span className="mono">{app.appId}</span> · <TokenState app={app} />
          </p>
        </div>
        <Button loading={asking.isBusy} onClick={() => void asking.run()}>
          {t('admin.wechat.askQuota')}
        </Button>
      </div>
      <FormProblem error={asking.error} />
      <DataTable
        label={`${t('admin.wechat.table')} ${app.appId}`}
        columns={columns(t)}
        rows={app.today}
        keyOf={({ endpoint }) => endpoint}
        empty={t('admin.wechat.noCalls')}
      />
    </section>
  );
}

function TokenState({ app: { accessToken } }: { app: WechatApp }) {
  const { t } = useTranslation();
  if (!accessToken) return t('admin.wechat.noToken');
  return (
    <>
      {t('admin.wechat.token')} <Moment at={accessToken.expiresAt} isFull />
    </>
  );
}

const quotaText = (quota: Quota | null, t: Translate): string =>
  quota ? t('admin.wechat.left', { remaining: quota.remaining, limit: quota.dailyLimit }) : t('admin.wechat.notAsked');

const columns = (t: Translate): Column<Line>[] => [
  { title: t('admin.wechat.endpoint'), cell: ({ endpoint }) => <span className="mono">{endpoint}</span> },
  { title: t('admin.wechat.calls'), cell: ({ calls }) => calls },
  { title: t('admin.wechat.errors'), cell: ({ errors }) => errors },
  { title: t('admin.wechat.quota'), cell: ({ quota }) => quotaText(quota, t) },
];
