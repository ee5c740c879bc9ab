import { Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../forms/Field.js';
import { textOfCode } from '../forms/problem-text.js';
import { usernameRules } from '../forms/rules.js';
import { useAvailability } from './use-availability.js';

/** The username somebody would like, with word on whether it is free. */
export function UsernameField() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const availability = useAvailability(Form.useWatch('username', form) as string | undefined);
  useEffect(() => {
    if (availability !== 'taken') return;
    form.setFields([{ name: 'username', errors: [textOfCode(t, 'users.username_taken')!] }]);
    // Another name is judged anew, and no longer by what was said of this one.
    return () => void form.validateFields(['username']).catch(() => undefined);
  }, [availability, form, t]);
  const word = { unknown: t('register.usernameHint'), checking: t('register.checking'), free: t('register.available') };
  const extra = availability === 'taken' ? undefined : word[availability];
  return (
    <Field
      name="username"
      label={t('fields.username')}
      rules={usernameRules(t)}
      extra={
        <span role="status" className={availability === 'free' ? 'good' : undefined}>
          {extra}
        </span>
      }
    >
      <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={20} autoFocus />
    </Field>
  );
}
