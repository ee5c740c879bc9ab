import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../app/use-session.js';
import type { UserDetails } from '../types.js';
import { useChange } from '../use-change.js';
import { BanDialog } from './BanDialog.js';

/** What an admin can do to a user who is not themselves. */
export function UserActions({ user }: { user: UserDetails }) {
  const { t } = useTranslation();
  const isOwn = useMe().user.id === user.id;
  return (
    <>
      {isOwn && <p className="card-lead">{t('admin.user.own')}</p>}
      <div className="actions">
        {!isOwn && (user.bannedUntil ? <Unban id={user.id} /> : <Ban user={user} />)}
        {!isOwn && <ChangeRole user={user} />}
        <Unlock id={user.id} />
        <Link to={`/admin/audit?userId=${user.id}`}>{t('admin.user.events')}</Link>
      </div>
    </>
  );
}

function Ban({ user }: { user: UserDetails }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('admin.user.ban')}
      </Button>
      {isOpen && <BanDialog user={user} onClose={() => setOpen(false)} />}
    </>
  );
}

function Unban({ id }: { id: string }) {
  const { t } = useTranslation();
  const change = useChange('DELETE', `/admin/users/${id}/ban`);
  return (
    <Popconfirm title={t('admin.user.unbanQuestion')} onConfirm={() => void change.run()}>
      <Button loading={change.isBusy}>{t('admin.user.unban')}</Button>
    </Popconfirm>
  );
}

function ChangeRole({ user: { id, role } }: { user: UserDetails }) {
  const { t } = useTranslation();
  const change = useChange('PUT', `/admin/users/${id}/role`);
  const next = role === 'admin' ? 'user' : 'admin';
  return (
    <Popconfirm
      title={t('admin.user.roleQuestion')}
      description={t('admin.user.roleText')}
      onConfirm={() => void change.run({ role: next })}
    >
      <Button loading={change.isBusy}>{t(`admin.user.${next === 'admin' ? 'makeAdmin' : 'makeUser'}`)}</Button>
    </Popconfirm>
  );
}

function Unlock({ id }: { id: string }) {
  const { t } = useTranslation();
  const change = useChange('POST', `/admin/users/${id}/unlock`);
  return (
    <Popconfirm
      title={t('admin.user.unlockQuestion')}
      description={t('admin.user.unlockText')}
      onConfirm={() => void change.run()}
    >
      <Button loading={change.isBusy}>{t('admin.user.unlock')}</Button>
    </Popconfirm>
  );
}
