import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Input, type InputProps, type InputRef } from 'antd';
import { type KeyboardEvent, type MouseEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A password that can be shown, with the keyboard too, and that tells when Caps Lock is on. Pasting is welcome. */
export function PasswordInput({ ref, ...input }: InputProps & { ref?: Ref<InputRef> }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  // Else the field would take the focus, away from who uses the keyboard.
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    setShown(!isShown);
  };
  return (
    <>
      <Input
        {...input}
        ref={ref}
        type={isShown ? 'text' : 'password'}
        onKeyUp={watch}
        onKeyDown={watch}
        suffix={
          <Button
            type="text"
            size="small"
            icon={isShown ? <EyeInvisibleOutlined /> : <EyeOutlined />}
            aria-label={isShown ? t('fields.hidePassword') : t('fields.showPassword')}
            onClick={toggle}
          />
        }
      />
      <span role="status" className="quiet">
        {hasCapsLock && t('fields.capsLock')}
      </span>
    </>
  );
}
