import type { WireField } from '../../../../shared/contracts/wire.ts';
import { NumberInput } from '../../documents/form/inputs/NumberInput.tsx';

interface NumberBoxProps {
  kind: 'price' | 'quantity' | 'integer';
  label: string;
  value: number | null;
  disabled?: boolean;
  onChange: (value: number | null) => void;
}

/** An exact number from nothing upwards in a table that is no form: the same typing as everywhere. */
export function NumberBox({ kind, label, value, disabled = false, onChange }: NumberBoxProps) {
  return (
    <NumberInput
      field={{ kind, min: 0 } as WireField}
      type=""
      path=""
      id={label}
      label={label}
      value={value}
      titles={{}}
      beside={{}}
      disabled={disabled}
      status=""
      digits={2}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}
