import { Checkbox } from 'antd';
import type { InputProps } from './shape.ts';

/** Yes or no: the space bar turns it. */
export function FlagInput({ id, label, value, disabled, onChange }: InputProps) {
  return (
    <Checkbox
      id={id}
      data-stop
      aria-label={label}
      checked={value === true}
      disabled={disabled}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
