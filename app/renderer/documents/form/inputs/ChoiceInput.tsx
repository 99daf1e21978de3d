import { DownOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { ChoiceField } from '../../../../../shared/kernel/fields.ts';
import { useSession } from '../../../api/session.tsx';
import { PickList } from '../../picker/PickList.tsx';
import { usePickBox } from '../../picker/usePickBox.ts';
import { choiceOptions } from './choiceOptions.ts';
import type { InputProps } from './shape.ts';

/** One of a few fixed words: type its beginning, or open the list with F4. */
export function ChoiceInput({
  field,
  type,
  path,
  id,
  label,
  value,
  disabled,
  status,
  onChange,
  onTaken,
}: InputProps & { field: ChoiceField }) {
  const session = useSession();
  const box = useRef<HTMLSpanElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const options = choiceOptions({ field, type, path, session, typed: typed ?? '' });
  const close = () => {
    setTyped(null);
    setOpen(false);
  };
  const take = (option: (typeof options)[number] | undefined) => {
    close();
    if (option) onChange(option.key === '' ? null : option.key);
  };
  const keys = usePickBox({
    options,
    settled: (typed ?? '').trim(),
    text: typed ?? '',
    isOpen,
    setOpen: (open) => (open ? setOpen(true) : close()),
    onTake: take,
  });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (keys.onKey(event) || event.nativeEvent.isComposing || event.key !== 'Enter' || !isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    const input = event.currentTarget;
    keys.take(() => onTaken?.(input));
  };
  const onBlur = () => {
    if (typed !== null && typed.trim() !== '' && options.length === 1) take(options[0]);
    else close();
  };
  return (
    <span ref={box} className="tp-picker">
      <Input
        id={id}
        data-stop
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        autoComplete="off"
        value={typed ?? (value === null ? '' : session.choiceLabel(type, path, String(value)))}
        disabled={disabled}
        status={status}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        suffix={disabled ? null : <DownOutlined aria-hidden className="tp-picker-suffix" />}
      />
      {isOpen && !disabled ? (
        <PickList
          id={listId}
          anchor={box}
          options={options}
          highlighted={keys.highlighted}
          text={typed ?? ''}
          onTake={(index) => take(options[index])}
          onHighlight={keys.setHighlighted}
        />
      ) : null}
    </span>
  );
}
