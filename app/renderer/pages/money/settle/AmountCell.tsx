import { type KeyboardEvent, useState } from 'react';
import type { Field } from '../../../../../shared/kernel/fields.ts';
import { readNumber, shapeOf, showNumber } from '../../../documents/form/inputs/numberText.ts';

interface AmountCellProps {
  id: string;
  label: string;
  value: number;
  /** No more than this can be settled of the row. */
  max: number;
  digits: number;
  onChange: (value: number) => void;
  /** The cell above (-1) or below (1). */
  onMove: (step: 1 | -1) => void;
}

/** How much of a row is settled, typed by hand: Enter goes on, the space bar takes all of it or nothing. */
export function AmountCell({ id, label, value, max, digits, onChange, onMove }: AmountCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const field = { kind: 'money', min: 0, max } as Field;
  const shape = shapeOf(field, digits);
  const read = typed === null ? { value } : readNumber(typed, field, digits);
  const take = () => {
    if (typed === null) return;
    if (read.problem === undefined) onChange(read.value ?? 0);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (step !== undefined) {
      take();
      onMove(event.shiftKey ? -1 : step);
    } else if (event.key === ' ') {
      setTyped(null);
      onChange(value === 0 ? max : 0);
    } else if (event.key === 'Escape') setTyped(null);
    else {
      // Home, End and the arrows belong to the text here, not to the table around it.
      if (['Home', 'End', 'ArrowLeft', 'ArrowRight'].includes(event.key)) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      id={id}
      className="tp-settle-amount tp-number"
      aria-label={label}
      aria-invalid={read.problem !== undefined}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? (value === 0 ? '' : showNumber(value, shape))}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={onKeyDown}
    />
  );
}
