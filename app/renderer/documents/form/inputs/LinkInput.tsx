import type { DictionaryField, LinkField } from '../../../../../shared/kernel/fields.ts';
import { pickRuleOf } from '../../picker/pickRule.ts';
import { RecordPicker } from '../../picker/RecordPicker.tsx';
import type { InputProps } from './shape.ts';

/** A record or dictionary entry chosen by typing. */
export function LinkInput({
  field,
  id,
  label,
  value,
  titles,
  disabled,
  status,
  beside,
  onChange,
  onTaken,
}: InputProps & { field: LinkField | DictionaryField }) {
  const rule = pickRuleOf(field, beside);
  if (!rule) return null;
  const chosen = typeof value === 'number' ? value : null;
  return (
    <RecordPicker
      rule={rule}
      id={id}
      label={label}
      value={chosen}
      title={chosen === null ? '' : (titles[rule.to]?.[chosen] ?? `#${chosen}`)}
      disabled={disabled}
      status={status}
      onPick={(row) =>
        onChange(row?.id ?? null, row ? { ...row.titles, [rule.to]: { ...row.titles[rule.to], [row.id]: row.title } } : undefined)
      }
      onTaken={onTaken}
    />
  );
}
