import { Input, Pagination } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../app/PageTitle.js';
import { Loaded } from '../../signed-in/Loaded.js';
import { useAnswer } from '../../signed-in/queries.js';
import { ChoiceFilter } from '../Filter.js';
import type { UserPage } from '../types.js';
import { queryOf, useFilters } from '../use-filters.js';
import { UsersTable } from './UsersTable.js';

const NAMES = ['query', 'role', 'banned', 'page'];

export default function UsersPage() {
  const { t } = useTranslation();
  const [filters, change] = useFilters(NAMES);
  const query = useAnswer<UserPage>(`/admin/users?${queryOf(filters)}`);
  const goTo = (page: number) => change({ page: page === 1 ? '' : String(page) });
  return (
    <>
      <PageTitle>{t('admin.users.title')}</PageTitle>
      <Filters filters={filters} change={(changed) => change({ ...changed, page: '' })} />
      <Loaded query={query}>
        {({ items, total, page, pageSize }) => (
          <>
            <UsersTable users={items} />
            <div className="below">
              <span role="status" className="quiet">
                {t('admin.users.total', { count: total })}
              </span>
              <Pagination
                {...{ total, pageSize }}
                current={page}
                onChange={goTo}
                showSizeChanger={false}
                hideOnSinglePage
              />
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

interface FiltersProps {
  filters: Record<string, string>;
  change: (changed: Record<string, string>) => void;
}

function Filters({ filters, change }: FiltersProps) {
  const { t } = useTranslation();
  const roles = { user: t('roles.user'), admin: t('roles.admin') };
  const states = { false: t('admin.users.normal'), true: t('admin.users.banned') };
  return (
    <search className="filters">
      <div className="filter filter-wide">
        <label htmlFor="find">{t('admin.users.search')}</label>
        <Input.Search
          id="find"
          key={filters.query}
          defaultValue={filters.query}
          placeholder={t('admin.users.searchHint')}
          maxLength={100}
          allowClear
          onSearch={(text) => change({ query: text.trim() })}
        />
      </div>
      <ChoiceFilter
        label={t('admin.users.role')}
        value={filters.role ?? ''}
        onChange={(role) => change({ role })}
        options={roles}
      />
      <ChoiceFilter
        label={t('admin.users.state')}
        value={filters.banned ?? ''}
        onChange={(banned) => change({ banned })}
        options={states}
      />
    </search>
  );
}
