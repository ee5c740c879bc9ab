import { Table, type TableProps, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Translate } from '../../i18n/i18n.js';
import { Moment } from '../../signed-in/Moment.js';
import type { SeenUser } from '../types.js';

/** What to call a user: many have no username. */
export function nameOf({ id, username, nickname }: SeenUser): string {
  return username ?? nickname ?? `#${id}`;
}

export function UsersTable({ users }: { users: SeenUser[] }) {
  const { t } = useTranslation();
  return (
    <div className="wide">
      <Table
        rowKey="id"
        aria-label={t('admin.users.table')}
        columns={columns(t)}
        dataSource={users}
        pagination={false}
        locale={{ emptyText: t('admin.users.empty') }}
      />
    </div>
  );
}

const columns = (t: Translate): TableProps<SeenUser>['columns'] => [
  {
    title: t('admin.users.user'),
    render: (_, user) => <Link to={`/admin/users/${user.id}`}>{nameOf(user)}</Link>,
  },
  { title: t('account.id'), dataIndex: 'id' },
  { title: t('fields.email'), render: (_, { email }) => email ?? '–' },
  { title: t('fields.phone'), render: (_, { phone }) => phone ?? '–' },
  {
    title: t('admin.users.role'),
    render: (_, { role }) => (role === 'admin' ? <Tag color="green">{t('roles.admin')}</Tag> : t('roles.user')),
  },
  {
    title: t('admin.users.state'),
    render: (_, { bannedUntil }) =>
      bannedUntil ? <Tag color="red">{t('admin.users.banned')}</Tag> : t('admin.users.normal'),
  },
  { title: t('admin.users.created'), render: (_, { createdAt }) => <Moment at={createdAt} isFull /> },
];
