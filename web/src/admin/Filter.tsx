import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface FilterProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** One of several values, or all. */
export function ChoiceFilter({ label, value, onChange, options }: FilterProps & { options: Record<string, string> }) {
  const { t } = useTranslation();
  const id = useId();
  const choices = Object.entries(options).map(([key, text]) => ({ value: key, label: text }));
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value}
        onChange={onChange}
        options={[{ value: '', label: t('admin.all') }, ...choices]}
        popupMatchSelectWidth={false}
        showSearch={choices.length > 8 && { optionFilterProp: 'label' }}
      />
    </div>
  );
}

/** A value that is typed; it counts when Enter is pressed or the field is left. */
export function TextFilter({ label, value, onChange, type = 'text' }: FilterProps & { type?: string }) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Input
        key={value}
        id={id}
        type={type}
        defaultValue={value}
        onPressEnter={({ currentTarget }) => onChange(currentTarget.value.trim())}
        onBlur={({ target }) => onChange(target.value.trim())}
      />
    </div>
  );
}
