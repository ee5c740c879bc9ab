import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.js';

/** The number that finds a failed request in the server's log, to be sent to whoever helps. */
export function RequestId({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const requestId = error instanceof ApiError ? error.problem.requestId : undefined;
  if (!requestId) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(requestId);
    setCopied(true);
  };
  return (
    <span className="request-id quiet">
      {t('requestId')} {requestId}
      {navigator.clipboard && (
        <Button type="link" size="small" onClick={() => void copy()}>
          {isCopied ? t('copied') : t('copy')}
        </Button>
      )}
    </span>
  );
}
