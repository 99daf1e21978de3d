import { Input } from 'antd';
import type { TextField } from '../../../../../shared/kernel/fields.ts';
import type { InputProps } from './shape.ts';

export function TextInput({ field, id, label, value, disabled, status, onChange }: InputProps & { field: TextField }) {
  return (
    <Input
      id={id}
      data-stop
      aria-label={label}
      value={value === null ? '' : String(value)}
      maxLength={field.max}
      disabled={disabled}
      status={status}
      autoComplete="off"
      onFocus={(event) => event.target.select()}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  );
}
