import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { session } from '../api/session.js';
import type { Registration } from '../api/types.js';
import { Field } from '../forms/Field.js';
import { NewPasswordField } from '../forms/NewPasswordField.js';
import { emailRules } from '../forms/rules.js';
import { SendForm } from '../forms/SendForm.js';
import { AuthFrame } from './AuthFrame.js';
import { UsernameField } from './UsernameField.js';

const FIELDS = ['username', 'password', 'email'];

export default function RegisterPage() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Registration>();
  const { state } = useLocation() as { state: unknown };
  const register = ({ email, ...credentials }: Registration) =>
    session.register({ ...credentials, ...(email && { email }) });
  return (
    <AuthFrame title={t('register.title')}>
      <SendForm {...{ form, fields: FIELDS, name: 'register', submit: t('register.submit') }} send={register}>
        <UsernameField />
        <NewPasswordField
          name="password"
          label={t('fields.password')}
          username={() => form.getFieldValue('username') as string}
        />
        <Field name="email" label={t('register.email')} rules={emailRules(t)}>
          <Input type="email" autoComplete="email" maxLength={100} />
        </Field>
      </SendForm>
      <p className="auth-other">
        {t('login.to')}{' '}
        <Link to="/login" state={state}>
          {t('login.title')}
        </Link>
      </p>
    </AuthFrame>
  );
}
