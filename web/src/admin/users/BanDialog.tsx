import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.js';
import { Field } from '../../forms/Field.js';
import { SendForm } from '../../forms/SendForm.js';
import { Dialog } from '../../signed-in/Dialog.js';
import type { UserDetails } from '../types.js';
import { type BanWish, endOf } from './ban-length.js';
import { nameOf } from './UsersTable.js';

const FIELDS = ['reason', 'length', 'until'];
const START: BanWish = { reason: '', length: '7', until: '' };

/** Why, and for how long. */
export function BanDialog({ user, onClose }: { user: UserDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<BanWish>();
  const ban = async (wish: BanWish) => {
    const body = { reason: wish.reason.trim(), until: endOf(wish, new Date()) };
    await session.request('POST', `/admin/users/${user.id}/ban`, { body });
    await queries.invalidateQueries();
    onClose();
  };
  return (
    <Dialog title={t('admin.ban.title', { name: nameOf(user) })} onClose={onClose}>
      <p className="card-lead">{t('admin.ban.text')}</p>
      <SendForm
        {...{ form, fields: FIELDS, name: 'ban', submit: t('admin.ban.submit'), send: ban, initialValues: START }}
        isDangerous
      >
        <Field
          name="reason"
          label={t('admin.ban.reason')}
          extra={t('admin.ban.reasonHint')}
          rules={[{ required: true, whitespace: true, message: t('admin.ban.reasonMissing') }]}
        >
          <Input maxLength={255} autoFocus />
        </Field>
        <LengthFields />
      </SendForm>
    </Dialog>
  );
}

function LengthFields() {
  const { t } = useTranslation();
  const length = Form.useWatch<string | undefined>('length');
  const days = ['1', '7', '30'].map((count) => ({
    value: count,
    label: t('admin.ban.days', { count: Number(count) }),
  }));
  const options = [
    ...days,
    { value: 'forever', label: t('admin.ban.forever') },
    { value: 'custom', label: t('admin.ban.custom') },
  ];
  const inFuture = (_: unknown, value: string) =>
    new Date(value) > new Date() ? Promise.resolve() : Promise.reject(new Error(t('admin.ban.untilMissing')));
  return (
    <>
      <Field name="length" label={t('admin.ban.length')}>
        <Radio.Group options={options} />
      </Field>
      {length === 'custom' && (
        <Field name="until" label={t('admin.ban.until')} rules={[{ validator: inFuture }]}>
          <Input type="datetime-local" />
        </Field>
      )}
    </>
  );
}
