import { DownOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Suggestion, TextField } from '../../../../../shared/kernel/fields.ts';
import { foldText } from '../../../../../shared/kernel/searchTerms.ts';
import { useSession } from '../../../api/session.tsx';
import { PickList } from '../../picker/PickList.tsx';
import { type Suggested, suggestedFrom } from '../suggestions.ts';
import type { InputProps } from './shape.ts';
import { useKept } from './useKept.ts';

type SuggestInputProps = InputProps & { field: TextField & { suggest: Suggestion } };

/**
 * Text that may be typed freely or taken from what a linked record keeps: a customer's delivery addresses. F4 opens the list; Enter
 * takes an entry only when one is marked, so that typing on is never overwritten.
 */
export function SuggestInput(props: SuggestInputProps) {
  const { field, id, label, value, disabled, status, onChange } = props;
  const box = useRef<HTMLSpanElement>(null);
  const listId = useId();
  const [list, setList] = useState<{ marked: number; typed: boolean } | null>(null);
  const { suggested, options, columns } = useSuggestions(props, list?.typed === true);
  const isShown = list !== null && !disabled && options.length > 0;
  const take = (index: number) => {
    setList(null);
    const found = suggested[index];
    if (found) props.onFill?.(found.values);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey) return;
    const deed = keyDeed(event, { list: isShown ? list : null, count: options.length });
    if (!deed) return;
    if (deed === 'leave') return setList(null);
    event.preventDefault();
    event.stopPropagation();
    if (deed === 'close') setList(null);
    else if (deed === 'take') {
      take(list?.marked ?? -1);
      props.onTaken?.(event.currentTarget);
    } else setList({ marked: deed.marked, typed: list?.typed === true });
  };
  return (
    <span ref={box} className="tp-picker">
      <Input
        id={id}
        data-stop
        role="combobox"
        aria-label={label}
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-activedescendant={isShown && list.marked >= 0 ? `${listId}-${list.marked}` : undefined}
        value={value === null ? '' : String(value)}
        maxLength={field.max}
        disabled={disabled}
        status={status}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        onClick={() => setList({ marked: -1, typed: false })}
        onChange={(event) => {
          setList({ marked: -1, typed: true });
          onChange(event.target.value === '' ? null : event.target.value);
        }}
        onBlur={() => setList(null)}
        onKeyDown={onKeyDown}
        suffix={disabled || suggested.length === 0 ? null : <DownOutlined aria-hidden className="tp-picker-suffix" />}
      />
      {isShown ? (
        <PickList
          id={listId}
          anchor={box}
          options={options}
          columns={columns}
          highlighted={list.marked}
          text=""
          onTake={take}
          onHighlight={(marked) => setList({ ...list, marked })}
        />
      ) : null}
    </span>
  );
}

/** What the list offers: everything when it was opened, what holds the typed text while somebody types. */
function useSuggestions({ type, path, field, value, beside }: SuggestInputProps, isTyped: boolean) {
  const session = useSession();
  const definition = session.definitionOf(type);
  const kept = useKept(type, field.suggest.link, beside[field.suggest.link] ?? null);
  const all = definition && kept ? suggestedFrom(field.suggest, definition, path, kept) : [];
  const wanted = foldText(String(value ?? ''));
  const suggested = isTyped ? all.filter((one) => foldText(textOf(one)).includes(wanted)) : all;
  const others = Object.keys(field.suggest.takes).filter((own) => own !== path && all.some(({ values }) => own in values));
  return {
    suggested,
    options: suggested.map((one) => ({
      key: one.key,
      title: String(one.values[path] ?? ''),
      cells: others.map((own) => String(one.values[own] ?? '')),
    })),
    columns: others.map((own) => session.fieldLabel(type, own)),
  };
}

const textOf = ({ values }: Suggested): string => Object.values(values).join(' ');

type KeyDeed = 'take' | 'close' | 'leave' | { marked: number } | null;

/** What a key means for the list; null when it is none of its business. */
function keyDeed(event: KeyboardEvent, of: { list: { marked: number } | null; count: number }): KeyDeed {
  const { list, count } = of;
  if (list === null) return count > 0 && (event.key === 'F4' || (event.key === 'ArrowDown' && event.altKey)) ? { marked: 0 } : null;
  if (event.key === 'Escape' || event.key === 'F4') return 'close';
  if (event.key === 'Enter') return list.marked >= 0 && !event.shiftKey ? 'take' : 'leave';
  if (event.key === 'ArrowDown') return { marked: Math.min(count - 1, list.marked + 1) };
  return event.key === 'ArrowUp' ? { marked: Math.max(-1, list.marked - 1) } : null;
}
