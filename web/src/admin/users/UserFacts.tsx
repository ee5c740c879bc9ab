import { Descriptions, type DescriptionsProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../i18n/i18n.js';
import { Moment } from '../../signed-in/Moment.js';
import type { UserDetails } from '../types.js';

const FOREVER = '9999';
const NARROW_FIRST = { xs: 1, md: 2 };

export function UserFacts({ user }: { user: UserDetails }) {
  const { t } = useTranslation();
  const items = [...whoTheyAre(user, t), ...howTheyLogIn(user, t), ...banOf(user, t)];
  return <Descriptions column={NARROW_FIRST} items={items} className="card-facts" />;
}

type Items = NonNullable<DescriptionsProps['items']>;

function whoTheyAre(user: UserDetails, t: Translate): Items {
  return [
    { key: 'id', label: t('account.id'), children: user.id },
    { key: 'username', label: t('fields.username'), children: user.username ?? t('admin.none') },
    { key: 'nickname', label: t('fields.nickname'), children: user.nickname ?? t('admin.none') },
    { key: 'email', label: t('fields.email'), children: user.email ?? t('admin.none') },
    { key: 'phone', label: t('fields.phone'), children: user.phone ?? t('admin.none') },
    { key: 'role', label: t('account.role'), children: t(`roles.${user.role}`) },
    { key: 'created', label: t('account.memberSince'), children: <Moment at={user.createdAt} isFull /> },
  ];
}

function howTheyLogIn({ hasPassword, wechat, lastSeenAt }: UserDetails, t: Translate): Items {
  const accounts = wechat.map(({ appId, boundAt }) => (
    <div key={appId}>
      {appId} · {t('admin.user.boundSince')} <Moment at={boundAt} />
    </div>
  ));
  return [
    {
      key: 'seen',
      label: t('admin.user.lastSeen'),
      children: lastSeenAt ? <Moment at={lastSeenAt} /> : t('admin.none'),
    },
    { key: 'password', label: t('admin.user.hasPassword'), children: t(`admin.user.${hasPassword ? 'yes' : 'no'}`) },
    {
      key: 'wechat',
      label: t('admin.user.wechat'),
      children: accounts.length > 0 ? <div>{accounts}</div> : t('admin.none'),
    },
  ];
}

function banOf({ bannedUntil, banReason }: UserDetails, t: Translate): Items {
  if (!bannedUntil) return [];
  const until = bannedUntil.startsWith(FOREVER) ? t('admin.user.forever') : <Moment at={bannedUntil} isFull />;
  return [
    { key: 'until', label: t('admin.user.bannedUntil'), children: until },
    { key: 'reason', label: t('admin.user.reason'), children: banReason },
  ];
}
