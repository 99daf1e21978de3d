import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../../../shared/kernel/fields.ts';
import { readNumber, shapeOf, showNumber } from './numberText.ts';
import type { InputProps } from './shape.ts';

/**
 * An exact number: full-width digits and small sums may be typed, thousands appear on leaving, the wheel does nothing. What cannot
 * be read stays in the field until it is mended.
 */
export function NumberInput({ field, id, label, value, disabled, status, digits, onChange, onProblem }: InputProps & { field: Field }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<InputRef>(null);
  const isPressed = useRef(false);
  const isEntered = useRef(false);
  useLayoutEffect(() => {
    // Marked with the drawing: at the next frame a fast hand has typed already, and what it typed would be overwritten.
    if (isEntered.current) input.current?.select();
    isEntered.current = false;
  });
  const shape = shapeOf(field, digits);
  const held = typeof value === 'number' ? value : null;
  const tell = (code: string | null) => {
    setProblem(code);
    onProblem?.(code);
  };
  const commit = (): boolean => {
    if (typed === null) return true;
    if (typed === showNumber(held, shape, true)) {
      // What was worked out or stored earlier may have more decimals than a person may type.
      tell(null);
      setTyped(null);
      return true;
    }
    const read = readNumber(typed, field, digits);
    tell(read.problem ?? null);
    if (read.problem !== undefined) return false;
    setTyped(null);
    if (read.value !== held) onChange(read.value);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      tell(null);
    }
    if (event.key === 'Enter' && !commit()) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <Input
      ref={input}
      id={id}
      data-stop
      className="tp-number-input"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={problem !== null}
      title={problem === null ? undefined : t(`documents.number.${problem as 'notANumber'}`)}
      value={typed ?? showNumber(held, shape)}
      disabled={disabled}
      status={problem === null ? status : 'error'}
      suffix={shape.percent && typed !== null ? '%' : undefined}
      onMouseDown={() => {
        isPressed.current = true;
      }}
      onFocus={(event) => {
        const text = showNumber(held, shape, true);
        setTyped(text);
        isEntered.current = true;
        const { target } = event;
        // A press puts the caret after the field was drawn.
        if (isPressed.current) requestAnimationFrame(() => target.value === text && target.select());
      }}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        isPressed.current = false;
        commit();
      }}
      onKeyDown={onKeyDown}
    />
  );
}
