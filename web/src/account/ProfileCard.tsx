import { App, Descriptions, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session.js';
import type { User } from '../api/types.js';
import { useMe } from '../app/use-session.js';
import { Field } from '../forms/Field.js';
import { emailRules, httpsRules, nicknameRules } from '../forms/rules.js';
import { SendForm } from '../forms/SendForm.js';
import { Moment } from '../signed-in/Moment.js';
import { useReauthenticated } from '../signed-in/Reauthentication.js';

type Profile = Pick<User, 'nickname' | 'avatarUrl' | 'email'>;
const FIELDS: (keyof Profile)[] = ['nickname', 'avatarUrl', 'email'];

/** Only what has changed: a new e-mail address may ask for a recent login. An empty field takes away what was there. */
function changes(wish: Profile, user: User): Partial<Profile> {
  const all = FIELDS.map((name) => [name, wish[name]?.trim() || null] as const);
  return Object.fromEntries(all.filter(([name, value]) => value !== user[name]));
}

export function ProfileCard() {
  const { t } = useTranslation();
  const { user } = useMe();
  const { message } = App.useApp();
  const reauthenticated = useReauthenticated();
  const [form] = Form.useForm<Profile>();
  const save = async (wish: Profile) => {
    const body = changes(wish, user);
    session.update(await reauthenticated(() => session.request<User>('PUT', '/users/me', { body })));
    void message.success(t('saved'));
  };
  return (
    <section className="card" aria-labelledby="profile">
      <h2 id="profile">{t('account.profile')}</h2>
      <Facts user={user} />
      <SendForm {...{ form, fields: FIELDS, name: 'profile', submit: t('save'), send: save, initialValues: user }}>
        <Field name="nickname" label={t('fields.nickname')} rules={nicknameRules(t)}>
          <Input autoComplete="nickname" maxLength={64} />
        </Field>
        <Field name="email" label={t('fields.email')} rules={emailRules(t)}>
          <Input type="email" autoComplete="email" maxLength={100} />
        </Field>
        <Field name="avatarUrl" label={t('fields.avatarUrl')} rules={httpsRules(t)}>
          <Input type="url" autoComplete="off" placeholder="https://" maxLength={512} />
        </Field>
      </SendForm>
    </section>
  );
}

function Facts({ user }: { user: User }) {
  const { t } = useTranslation();
  const items = [
    { key: 'username', label: t('fields.username'), children: user.username ?? t('never') },
    { key: 'id', label: t('account.id'), children: user.id },
    { key: 'phone', label: t('fields.phone'), children: user.phone ?? t('never') },
    { key: 'role', label: t('account.role'), children: t(`roles.${user.role}`) },
    { key: 'since', label: t('account.memberSince'), children: <Moment at={user.createdAt} isFull /> },
  ];
  return <Descriptions size="small" column={1} items={items} className="card-facts" />;
}
