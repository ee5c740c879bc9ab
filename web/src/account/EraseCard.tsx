import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session.js';
import { useMe } from '../app/use-session.js';
import { Field } from '../forms/Field.js';
import { PasswordInput } from '../forms/PasswordInput.js';
import { SendForm } from '../forms/SendForm.js';
import { Dialog } from '../signed-in/Dialog.js';
import { useReauthenticated } from '../signed-in/Reauthentication.js';

const FIELDS = ['password'];

export function EraseCard() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card" aria-labelledby="erase">
      <h2 id="erase">{t('account.erase')}</h2>
      <p className="card-lead">{t('account.eraseText')}</p>
      <Button danger onClick={() => setOpen(true)}>
        {t('account.eraseButton')}
      </Button>
      {isOpen && <EraseDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function EraseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const reauthenticated = useReauthenticated();
  const [form] = Form.useForm<{ password: string }>();
  const erase = async (body: { password: string }) => {
    await reauthenticated(() => session.request('DELETE', '/users/me', { body }));
    session.forget();
  };
  return (
    <Dialog title={t('account.eraseQuestion', { name: user.username })} onClose={onClose}>
      <p>{t('account.eraseText')}</p>
      <SendForm
        {...{ form, fields: FIELDS, name: 'erase', refocus: 'password', send: erase }}
        submit={t('account.eraseConfirm')}
        isDangerous
      >
        <Field
          name="password"
          label={t('account.erasePassword')}
          rules={[{ required: true, message: t('login.passwordMissing') }]}
        >
          <PasswordInput autoComplete="current-password" maxLength={128} autoFocus />
        </Field>
      </SendForm>
    </Dialog>
  );
}
