import { type KeyboardEvent, useState } from 'react';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { readNumber, shapeOf, showNumber } from '../../documents/form/inputs/numberText.ts';

interface QuantityCellProps {
  label: string;
  value: number;
  /** No more than this is open. */
  max: number;
  onChange: (value: number) => void;
}

/** How much of a row is taken, typed in the table itself; Escape gives up what was typed. */
export function QuantityCell({ label, value, max, onChange }: QuantityCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const field = { kind: 'quantity', min: 1, max } as Field;
  const read = typed === null ? { value } : readNumber(typed, field, 2);
  const take = () => {
    if (typed !== null && read.problem === undefined && typeof read.value === 'number') onChange(read.value);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.ctrlKey) event.currentTarget.blur();
    else if (event.key === 'Escape') setTyped(null);
    // What is typed here belongs to the text, not to the table around it.
    if (!event.ctrlKey) event.stopPropagation();
  };
  return (
    <input
      className="tp-quantity-cell tp-number"
      aria-label={label}
      aria-invalid={read.problem !== undefined}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? showNumber(value, shapeOf(field, 2))}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={onKeyDown}
    />
  );
}
