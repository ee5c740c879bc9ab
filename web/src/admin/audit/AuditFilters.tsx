import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../i18n/i18n.js';
import { ChoiceFilter, TextFilter } from '../Filter.js';
import { auditNames } from './audit-names.js';

interface AuditFiltersProps {
  filters: Record<string, string>;
  change: (changed: Record<string, string>) => void;
}

export function AuditFilters({ filters, change }: AuditFiltersProps) {
  const { t, i18n } = useTranslation();
  const bind = (name: string) => ({
    value: filters[name] ?? '',
    onChange: (value: string) => change({ [name]: value }),
  });
  const outcomes = { ok: t('admin.audit.ok'), refused: t('admin.audit.refused') };
  return (
    <search className="filters">
      <TextFilter label={t('admin.audit.userId')} {...bind('userId')} />
      <ChoiceFilter label={t('admin.audit.type')} {...bind('type')} options={auditNames(i18n.language as Language)} />
      <ChoiceFilter label={t('admin.audit.outcome')} {...bind('outcome')} options={outcomes} />
      <TextFilter label={t('admin.audit.from')} {...bind('from')} type="datetime-local" />
      <TextFilter label={t('admin.audit.to')} {...bind('to')} type="datetime-local" />
      <Button onClick={() => change(Object.fromEntries(Object.keys(filters).map((name) => [name, ''])))}>
        {t('admin.clear')}
      </Button>
    </search>
  );
}
