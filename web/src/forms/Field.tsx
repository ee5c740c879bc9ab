import { Form, type FormItemProps } from 'antd';
import { createContext, type ReactNode, useContext, useState } from 'react';

/** True once somebody has tried to send the form. */
export const SentOnce = createContext(false);

const FIRST = ['onBlur'];
const THEN = ['onBlur', 'onChange'];

/** One field with its label: judged when it is left, and from then on with every change. */
export function Field({ children, ...item }: FormItemProps & { name: string; children: ReactNode }) {
  const [wasLeft, setLeft] = useState(false);
  const isEager = useContext(SentOnce) || wasLeft;
  return (
    <div onBlur={() => setLeft(true)}>
      <Form.Item validateFirst validateTrigger={isEager ? THEN : FIRST} {...item}>
        {children}
      </Form.Item>
    </div>
  );
}
