import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n/i18n.js';
import { Field } from './Field.js';
import { PasswordInput } from './PasswordInput.js';
import { passwordMinLength, passwordRulesFor } from './rules.js';

interface NewPasswordFieldProps {
  name: string;
  label: string;
  /** A password must not be the username. */
  username: () => string;
}

/** A password somebody chooses, judged by the server's own rules. */
export function NewPasswordField({ name, label, username }: NewPasswordFieldProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  return (
    <Field
      {...{ name, label }}
      rules={passwordRulesFor(t, { language, username })}
      extra={t('rules.passwordHint', { min: passwordMinLength() })}
    >
      <PasswordInput autoComplete="new-password" maxLength={128} />
    </Field>
  );
}
