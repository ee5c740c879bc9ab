import { Form } from 'antd';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/problem.js';
import { session } from '../api/session.js';
import { Field } from '../forms/Field.js';
import { PasswordInput } from '../forms/PasswordInput.js';
import { SendForm } from '../forms/SendForm.js';
import { Dialog } from './Dialog.js';

type AskAgain = () => Promise<boolean>;
const Asking = createContext<AskAgain>(() => Promise.resolve(false));
const FIELDS = ['password'];

/** Does something that may need a recent login: then the password is asked for, and it is done after all. */
export function useReauthenticated(): <T>(act: () => Promise<T>) => Promise<T> {
  const ask = useContext(Asking);
  return useCallback(
    async (act) => {
      try {
        return await act();
      } catch (error) {
        if (codeOf(error) !== 'auth.reauthentication_required' || !(await ask())) throw error;
        return act();
      }
    },
    [ask],
  );
}

/** Asks for the password wherever the server wants to know again who this is. */
export function Reauthentication({ children }: { children: ReactNode }) {
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null);
  const ask = useCallback<AskAgain>(
    () => new Promise((resolve) => setAnswer(() => (isConfirmed: boolean) => resolve(isConfirmed))),
    [],
  );
  const close = (isConfirmed: boolean) => {
    answer?.(isConfirmed);
    setAnswer(null);
  };
  return (
    <Asking value={ask}>
      {children}
      {answer && <PasswordDialog onClose={close} />}
    </Asking>
  );
}

function PasswordDialog({ onClose }: { onClose: (isConfirmed: boolean) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ password: string }>();
  const confirm = async ({ password }: { password: string }) => {
    await session.request('POST', '/auth/reauthenticate', { body: { password } });
    onClose(true);
  };
  return (
    <Dialog title={t('reauthenticate.title')} onClose={() => onClose(false)}>
      <p>{t('reauthenticate.text')}</p>
      <SendForm
        {...{ form, fields: FIELDS, name: 'reauthenticate', refocus: 'password', send: confirm }}
        submit={t('reauthenticate.confirm')}
      >
        <Field
          name="password"
          label={t('fields.password')}
          rules={[{ required: true, message: t('login.passwordMissing') }]}
        >
          <PasswordInput autoComplete="current-password" maxLength={128} autoFocus />
        </Field>
      </SendForm>
    </Dialog>
  );
}
