import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { digitsOf, formatExact, parseExact } from '../../../../shared/kernel/numbers.ts';
import { useSession } from '../../api/session.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { countsDays, type FilterLine } from './filterTree.ts';

interface FilterValueProps {
  type: string;
  line: FilterLine;
  field: Field;
  onChange: (value: Value | Value[]) => void;
}

/** The input of one condition, by the kind of its field. */
export function FilterValue({ type, line, field, onChange }: FilterValueProps) {
  const { t } = useTranslation();
  const session = useSession();
  const label = t('list.value');
  const many = Array.isArray(line.value) ? line.value : [];
  if (field.kind === 'flag') {
    const options = [
      { value: 1, label: t('general.yes') },
      { value: 0, label: t('general.no') },
    ];
    return (
      <Select
        aria-label={label}
        value={line.value === null ? undefined : Number(line.value)}
        options={options}
        onChange={(value) => onChange(value === 1)}
      />
    );
  }
  if (field.kind === 'choice') {
    const nameOf = (choice: string) =>
      line.field === 'state' ? session.stateLabel(type, choice) : session.choiceLabel(type, line.field, choice);
    return (
      <Select
        mode="multiple"
        aria-label={label}
        value={many as string[]}
        options={field.choices.map((choice) => ({ value: choice, label: nameOf(choice) }))}
        onChange={onChange}
      />
    );
  }
  if (field.kind === 'dictionary')
    return <LinkSelect many dictionary={field.dictionary} to="" label={label} value={many as number[]} onChange={onChange} />;
  if (field.kind === 'link') return <LinkSelect many to={field.to} label={label} value={many as number[]} onChange={onChange} />;
  if (countsDays(line.is)) return <NumberValue field={wholeDays} value={line.value as number | null} onChange={onChange} />;
  if (field.kind === 'day') return <DayValue line={line} onChange={onChange} />;
  if (field.kind === 'text' || field.kind === 'note' || field.kind === 'instant') {
    return <Input aria-label={label} value={String(line.value ?? '')} onChange={(event) => onChange(event.target.value)} />;
  }
  if (line.is !== 'between') return <NumberValue field={field} value={line.value as number | null} onChange={onChange} />;
  const [from = null, to = null] = many as (number | null)[];
  return (
    <span className="tp-filter-pair">
      <NumberValue field={field} value={from} onChange={(value) => onChange([value, to])} />
      <NumberValue field={field} value={to} onChange={(value) => onChange([from, value])} />
    </span>
  );
}

const wholeDays: Field = { kind: 'integer' };

function DayValue({ line, onChange }: Omit<FilterValueProps, 'field' | 'type'>) {
  const { t } = useTranslation();
  if (line.is === 'between') {
    const [from, to] = Array.isArray(line.value) ? line.value : [];
    return (
      <DatePicker.RangePicker
        aria-label={t('list.value')}
        value={from && to ? [dayjs(String(from)), dayjs(String(to))] : null}
        onChange={(days) => onChange(days?.[0] && days[1] ? [days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')] : [])}
      />
    );
  }
  return (
    <DatePicker
      aria-label={t('list.value')}
      value={line.value ? dayjs(String(line.value)) : null}
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
    />
  );
}

/** A number as people write it; what is no number yet stays in the box and out of the filter. */
function NumberValue({ field, value, onChange }: { field: Field; value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation();
  const { digits } = useSession();
  const scale = field.kind === 'rate' ? 4 : field.kind === 'integer' ? 0 : digitsOf(field.kind as 'money', digits);
  const [typed, setTyped] = useState(value === null ? '' : formatExact(value, scale, { trim: true }));
  const parsed = parseExact(typed, scale);
  return (
    <Input
      aria-label={t('list.value')}
      value={typed}
      suffix={field.kind === 'rate' ? '%' : undefined}
      status={typed !== '' && parsed === null ? 'error' : undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(parseExact(event.target.value, scale));
      }}
    />
  );
}
