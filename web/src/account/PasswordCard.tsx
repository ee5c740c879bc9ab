import { App, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session.js';
import { useMe } from '../app/use-session.js';
import { Field } from '../forms/Field.js';
import { NewPasswordField } from '../forms/NewPasswordField.js';
import { PasswordInput } from '../forms/PasswordInput.js';
import { SendForm } from '../forms/SendForm.js';
import { useReauthenticated } from '../signed-in/Reauthentication.js';

interface PasswordWish {
  currentPassword: string;
  newPassword: string;
}

const FIELDS = ['currentPassword', 'newPassword'];

export function PasswordCard() {
  const { t } = useTranslation();
  const { user } = useMe();
  const { message } = App.useApp();
  const reauthenticated = useReauthenticated();
  const [form] = Form.useForm<PasswordWish>();
  const change = async (body: PasswordWish) => {
    await reauthenticated(() => session.request('PUT', '/users/me/password', { body }));
    form.resetFields();
    void message.success(t('account.passwordChanged'));
  };
  return (
    <section className="card" aria-labelledby="password">
      <h2 id="password">{t('account.password')}</h2>
      <p className="card-lead">{t('account.passwordText')}</p>
      <SendForm
        {...{ form, fields: FIELDS, name: 'password', submit: t('account.change'), send: change }}
        refocus="currentPassword"
      >
        <input type="text" autoComplete="username" value={user.username ?? ''} readOnly hidden />
        <Field
          name="currentPassword"
          label={t('fields.currentPassword')}
          rules={[{ required: true, message: t('login.passwordMissing') }]}
        >
          <PasswordInput autoComplete="current-password" maxLength={128} />
        </Field>
        <NewPasswordField name="newPassword" label={t('fields.newPassword')} username={() => user.username ?? ''} />
      </SendForm>
    </section>
  );
}
