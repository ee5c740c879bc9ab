import { Table, type TableProps, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Language, Translate } from '../../i18n/i18n.js';
import { Moment } from '../../signed-in/Moment.js';
import type { AuditEvent } from '../types.js';
import { auditNames } from './audit-names.js';

export function AuditTable({ events }: { events: AuditEvent[] }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="wide">
      <Table
        rowKey="id"
        size="small"
        aria-label={t('admin.audit.table')}
        columns={columns(t, auditNames(i18n.language as Language))}
        dataSource={events}
        pagination={false}
        locale={{ emptyText: t('admin.audit.empty') }}
      />
    </div>
  );
}

const userLink = (id: string | null) => (id ? <Link to={`/admin/users/${id}`}>{id}</Link> : '–');

const columns = (t: Translate, names: Record<string, string>): TableProps<AuditEvent>['columns'] => [
  { title: t('admin.audit.time'), render: (_, { createdAt }) => <Moment at={createdAt} isFull /> },
  { title: t('admin.audit.type'), render: (_, { type }) => <span title={type}>{names[type] ?? type}</span> },
  {
    title: t('admin.audit.outcome'),
    render: (_, { outcome }) =>
      outcome === 'refused' ? <Tag color="red">{t('admin.audit.refused')}</Tag> : t('admin.audit.ok'),
  },
  { title: t('admin.audit.user'), render: (_, { userId }) => userLink(userId) },
  { title: t('admin.audit.actor'), render: (_, { actorId }) => userLink(actorId) },
  { title: t('admin.audit.address'), render: (_, { ipAddress }) => ipAddress ?? '–' },
  { title: t('admin.audit.detail'), render: (_, { detail }) => <Detail detail={detail} /> },
];

/** What else is known, as it was written down: the words are the same in every language. */
function Detail({ detail }: { detail: AuditEvent['detail'] }) {
  const parts = Object.entries(detail ?? {}).map(([name, value]) => `${name}: ${textOf(value)}`);
  return <p className="mono detail">{parts.join(', ') || '–'}</p>;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
