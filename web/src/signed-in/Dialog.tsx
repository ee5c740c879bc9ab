import { CloseOutlined } from '@ant-design/icons';
import { Button, ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside, closes with Escape, and needs no style of its own making. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={heading} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('cancel')} onClick={() => dialog.current?.close()} />
      </div>
      {/* What pops up has to be in the dialog: the rest of the page is behind it. */}
      <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>{children}</ConfigProvider>
    </dialog>
  );
}
