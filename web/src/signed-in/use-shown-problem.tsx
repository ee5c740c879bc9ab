import { App } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../forms/problem-text.js';
import { RequestId } from '../forms/RequestId.js';

/** Tells what went wrong with something that has no form to tell it in. */
export function useShownProblem(error: unknown): void {
  const { notification } = App.useApp();
  const { t } = useTranslation();
  useEffect(() => {
    if (!error) return;
    notification.error({ title: problemText(error, t), description: <RequestId error={error} />, role: 'alert' });
  }, [error, notification, t]);
}
