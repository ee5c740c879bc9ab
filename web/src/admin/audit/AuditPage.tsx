import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.js';
import { PageTitle } from '../../app/PageTitle.js';
import { Loaded } from '../../signed-in/Loaded.js';
import type { AuditPage as Page } from '../types.js';
import { queryOf, useFilters } from '../use-filters.js';
import { AuditFilters } from './AuditFilters.js';
import { AuditTable } from './AuditTable.js';
import { momentOf } from './local-moment.js';

const NAMES = ['userId', 'type', 'outcome', 'from', 'to'];
const PAGE_SIZE = '50';

export default function AuditPage() {
  const { t } = useTranslation();
  const [filters, change] = useFilters(NAMES);
  const trail = useTrail(filters);
  return (
    <>
      <div className="page-head">
        <div>
          <PageTitle>{t('admin.audit.title')}</PageTitle>
          <p>{t('admin.audit.lead')}</p>
        </div>
      </div>
      <AuditFilters {...{ filters, change }} />
      <Loaded query={trail}>{({ pages }) => <AuditTable events={pages.flatMap(({ items }) => items)} />}</Loaded>
      {trail.hasNextPage && (
        <div className="below">
          <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            {t('admin.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** The events, page after page; each page says where the next begins. */
function useTrail(filters: Record<string, string>) {
  const { from = '', to = '', ...others } = filters;
  const asked = { ...others, from: momentOf(from), to: momentOf(to), limit: PAGE_SIZE };
  return useInfiniteQuery({
    queryKey: ['/admin/audit-events', filters],
    queryFn: ({ pageParam, signal }) =>
      session.request<Page>('GET', `/admin/audit-events?${queryOf({ ...asked, before: pageParam })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextBefore }) => nextBefore,
  });
}
