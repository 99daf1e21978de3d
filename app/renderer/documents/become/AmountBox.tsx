import type { WireField } from '../../../../shared/contracts/wire.ts';
import { NumberInput } from '../form/inputs/NumberInput.tsx';

interface AmountBoxProps {
  field: WireField;
  label: string;
  value: number;
  /** No more than this is left. */
  max: number;
  digits: number;
  disabled: boolean;
  onChange: (value: number) => void;
}

/** How much of a row is taken: a number between nothing and what is left. */
export function AmountBox({ field, label, value, max, digits, disabled, onChange }: AmountBoxProps) {
  return (
    <NumberInput
      field={{ ...field, min: 0, max } as WireField}
      type=""
      path=""
      id={`amount-${label}`}
      label={label}
      value={value}
      titles={{}}
      beside={{}}
      disabled={disabled}
      status=""
      digits={digits}
      onChange={(next) => onChange(Number(next ?? 0))}
    />
  );
}
