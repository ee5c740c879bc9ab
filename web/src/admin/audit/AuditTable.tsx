import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Language, Translate } from '../../i18n/i18n.js';
import { Mark } from '../../signed-in/Mark.js';
import { Moment } from '../../signed-in/Moment.js';
import { type Column, DataTable } from '../DataTable.js';
import type { AuditEvent } from '../types.js';
import { auditNames } from './audit-names.js';

export function AuditTable({ events }: { events: AuditEvent[] }) {
  const { t, i18n } = useTranslation();
  const names = auditNames(i18n.language as Language);
  const table = { label: t('admin.audit.table'), empty: t('admin.audit.empty'), columns: columns(t, names) };
  return <DataTable {...table} rows={events} keyOf={({ id }) => id} />;
}

const userLink = (id: string | null) => (id ? <Link to={`/admin/users/${id}`}>{id}</Link> : '–');

const columns = (t: Translate, names: Record<string, string>): Column<AuditEvent>[] => [
  { title: t('admin.audit.time'), cell: ({ createdAt }) => <Moment at={createdAt} isFull hasSeconds /> },
  { title: t('admin.audit.type'), cell: ({ type }) => <span title={type}>{names[type] ?? type}</span> },
  {
    title: t('admin.audit.outcome'),
    cell: ({ outcome }) =>
      outcome === 'refused' ? <Mark kind="bad">{t('admin.audit.refused')}</Mark> : t('admin.audit.ok'),
  },
  { title: t('admin.audit.user'), cell: ({ userId }) => userLink(userId) },
  { title: t('admin.audit.actor'), cell: ({ actorId }) => userLink(actorId) },
  { title: t('admin.audit.address'), cell: ({ ipAddress }) => ipAddress ?? '–' },
  { title: t('admin.audit.detail'), cell: ({ detail }) => <Detail detail={detail} /> },
];

/** What else is known, as it was written down: the words are the same in every language. */
function Detail({ detail }: { detail: AuditEvent['detail'] }) {
  const parts = Object.entries(detail ?? {}).map(([name, value]) => `${name}: ${textOf(value)}`);
  return <p className="mono detail">{parts.join(', ') || '–'}</p>;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
