import { App } from 'antd';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../forms/problem-text.js';
import { RequestId } from '../forms/RequestId.js';

/** Tells what went wrong with something that has no form to tell it in. */
export function useTellProblem(): (error: unknown) => void {
  const { notification } = App.useApp();
  const { t } = useTranslation();
  return useCallback(
    (error) =>
      notification.error({ title: problemText(error, t), description: <RequestId error={error} />, role: 'alert' }),
    [notification, t],
  );
}

/** Tells it once it has happened. */
export function useShownProblem(error: unknown): void {
  const tell = useTellProblem();
  useEffect(() => {
    if (error) tell(error);
  }, [error, tell]);
}
