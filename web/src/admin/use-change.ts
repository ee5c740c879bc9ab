import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../api/session.js';
import { type Action, useAction } from '../forms/use-action.js';
import { useShownProblem } from '../signed-in/use-shown-problem.js';

/** Something an admin does to a user: said when done, and everything shown about users is asked for anew. */
export function useChange(method: string, path: string): Action<object | void> {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { t } = useTranslation();
  const action = useAction<object | void>(async (body) => {
    await session.request(method, path, body ? { body } : {});
    await queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/admin/users') });
    void message.success(t('admin.user.done'));
  });
  useShownProblem(action.error);
  return action;
}
