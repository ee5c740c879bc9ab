import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from '../forms/FormProblem.js';

/** Shows an answer once it is there; until then its shape, and if it does not come, why, with a way to ask again. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (!query.error)
    return (
      <div aria-busy="true" aria-label={t('loading')} role="status">
        <Skeleton active paragraph={{ rows: 4 }} />
      </div>
    );
  return (
    <>
      <FormProblem error={query.error} />
      <Button onClick={() => void query.refetch()}>{t('retry')}</Button>
    </>
  );
}
