import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Translate } from '../../i18n/i18n.js';
import { Mark } from '../../signed-in/Mark.js';
import { Moment } from '../../signed-in/Moment.js';
import { type Column, DataTable } from '../DataTable.js';
import type { SeenUser } from '../types.js';

/** What to call a user: many have no username. */
export function nameOf({ id, username, nickname }: SeenUser): string {
  return username ?? nickname ?? `#${id}`;
}

export function UsersTable({ users }: { users: SeenUser[] }) {
  const { t } = useTranslation();
  const table = { label: t('admin.users.table'), empty: t('admin.users.empty'), columns: columns(t) };
  return <DataTable {...table} rows={users} keyOf={({ id }) => id} />;
}

const columns = (t: Translate): Column<SeenUser>[] => [
  {
    title: t('admin.users.user'),
    cell: (user) => <Link to={`/admin/users/${user.id}`}>{nameOf(user)}</Link>,
  },
  { title: t('account.id'), cell: ({ id }) => id },
  { title: t('fields.email'), cell: ({ email }) => email ?? '–' },
  { title: t('fields.phone'), cell: ({ phone }) => phone ?? '–' },
  {
    title: t('admin.users.role'),
    cell: ({ role }) => (role === 'admin' ? <Mark kind="good">{t('roles.admin')}</Mark> : t('roles.user')),
  },
  {
    title: t('admin.users.state'),
    cell: ({ bannedUntil }) =>
      bannedUntil ? <Mark kind="bad">{t('admin.users.banned')}</Mark> : t('admin.users.normal'),
  },
  { title: t('admin.users.created'), cell: ({ createdAt }) => <Moment at={createdAt} isFull /> },
];
