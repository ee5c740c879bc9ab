import { Button, Form, type FormInstance } from 'antd';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SentOnce } from './Field.js';
import { FormProblem } from './FormProblem.js';
import { type FieldProblem, fieldProblems } from './problem-text.js';
import { useAction } from './use-action.js';
import { useCountdown } from './use-countdown.js';

interface SendFormProps<Values> {
  form: FormInstance<Values>;
  /** Unique on the page. */
  name: string;
  /** Names of the fields, for refusals that belong beside one of them. */
  fields: string[];
  submit: string;
  send: (values: Values) => Promise<void>;
  initialValues?: Partial<Values>;
  /** Where to go on typing after a refusal that belongs to no field. */
  refocus?: string;
  /** It cannot be taken back. */
  isDangerous?: boolean;
  children: ReactNode;
}

/** A form that is sent once at a time, shows what is wrong where it belongs, and leads the focus there. */
export function SendForm<Values extends object>(props: SendFormProps<Values>) {
  const { form, name, fields, submit, send, initialValues, refocus, isDangerous, children } = props;
  const { t } = useTranslation();
  const [wasSent, setSent] = useState(false);
  const action = useAction(send);
  const secondsLeft = useCountdown(action.error);
  const beside = fieldProblems(action.error, fields, t);
  useLedTo(form, action.error, { beside, refocus });
  const leadToFirst = () => {
    setSent(true);
    const first = form.getFieldsError().find(({ errors }) => errors.length > 0);
    if (first) form.focusField(first.name as never);
  };
  const run = (values: Values) => {
    setSent(true);
    if (secondsLeft === 0) void action.run(values);
  };
  return (
    <SentOnce value={wasSent}>
      <Form
        {...{ form, name, initialValues }}
        layout="vertical"
        requiredMark={false}
        onFinish={run}
        onFinishFailed={leadToFirst}
      >
        <FormProblem error={beside.length > 0 ? null : action.error} secondsLeft={secondsLeft} />
        {children}
        <Button
          type="primary"
          danger={isDangerous}
          htmlType="submit"
          block
          loading={action.isBusy}
          disabled={secondsLeft > 0}
          onMouseDown={keepFocus}
        >
          {secondsLeft > 0 ? t('wait', { seconds: secondsLeft }) : submit}
        </Button>
      </Form>
    </SentOnce>
  );
}

// A field that is left may get a line longer, and the button would be gone from under the finger.
const keepFocus = (event: MouseEvent) => event.preventDefault();

function useLedTo(
  form: FormInstance,
  error: unknown,
  { beside, refocus }: { beside: FieldProblem[]; refocus?: string },
) {
  useEffect(() => {
    if (!error) return;
    form.setFields(beside.map(({ name, message }) => ({ name, errors: [message] })));
    const target = beside[0]?.name ?? refocus;
    if (target) form.focusField(target);
    // Only a new answer says something new.
  }, [form, error]);
}
