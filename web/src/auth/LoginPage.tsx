import { Alert, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { session } from '../api/session.js';
import type { Credentials } from '../api/types.js';
import { useSession } from '../app/use-session.js';
import { Field } from '../forms/Field.js';
import { PasswordInput } from '../forms/PasswordInput.js';
import { textOfCode } from '../forms/problem-text.js';
import { SendForm } from '../forms/SendForm.js';
import { AuthFrame } from './AuthFrame.js';

const FIELDS = ['username', 'password'];

export default function LoginPage() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Credentials>();
  const { state } = useLocation() as { state: unknown };
  return (
    <AuthFrame title={t('login.title')}>
      <WhyLoggedOut />
      <SendForm
        {...{ form, fields: FIELDS, name: 'login', refocus: 'password', submit: t('login.submit') }}
        send={(credentials) => session.login(credentials)}
      >
        <Field
          name="username"
          label={t('login.account')}
          rules={[{ required: true, message: t('login.accountMissing') }]}
        >
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={100} autoFocus />
        </Field>
        <Field
          name="password"
          label={t('fields.password')}
          rules={[{ required: true, message: t('login.passwordMissing') }]}
        >
          <PasswordInput autoComplete="current-password" maxLength={128} />
        </Field>
      </SendForm>
      <p className="auth-other">
        {t('register.to')}{' '}
        <Link to="/register" state={state}>
          {t('register.title')}
        </Link>
      </p>
    </AuthFrame>
  );
}

/** Somebody who was logged in a moment ago is told why they no longer are. */
function WhyLoggedOut() {
  const { t } = useTranslation();
  const session = useSession();
  const because = session.status === 'anonymous' ? session.because : undefined;
  if (!because) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="form-problem"
      title={textOfCode(t, because) ?? textOfCode(t, 'sessions.ended')}
    />
  );
}
