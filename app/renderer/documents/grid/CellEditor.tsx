import { useQuery } from '@tanstack/react-query';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { PickRow, Titles } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { ChoiceField } from '../../../../shared/kernel/fields.ts';
import { useSession } from '../../api/session.tsx';
import { choiceOptions } from '../form/inputs/choiceOptions.ts';
import { PickList } from '../picker/PickList.tsx';
import { pickRuleOf } from '../picker/pickRule.ts';
import { useCreate, usePickedRows } from '../picker/RecordPicker.tsx';
import { usePickBox } from '../picker/usePickBox.ts';
import type { Column } from './columns.ts';
import type { LineChoice } from './lineRules.ts';

export interface CellEditorProps {
  input: RefObject<HTMLInputElement | null>;
  type: string;
  path: string;
  column: Column;
  row: AnyRow | undefined;
  head: Readonly<Record<string, Value>>;
  /** What the text of this cell may be chosen from. */
  choice: LineChoice | null;
  box: { left: number; top: number; width: number; height: number };
  isFrozen: boolean;
  label: string;
  typed: string | null;
  isOpen: boolean;
  problem: string | null;
  onTyped: (text: string) => void;
  onOpen: (open: boolean) => void;
  onTake: (value: Value, titles: Titles | undefined, thenNext: boolean) => void;
  /** Asked before the open list and the grid: true when the key was used up (a scanner's Enter). */
  onFirstKey: (event: KeyboardEvent<HTMLInputElement>) => boolean;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  onBlur: () => void;
  onCopy: (event: ClipboardEvent<HTMLInputElement>, cut: boolean) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
}

type KeyUse = (event: KeyboardEvent<HTMLInputElement>) => boolean;

/**
 * The one input of the grid. It lies over the marked cell and always has the keyboard: unseen while the cell is only marked, so that
 * the first key (or the first stroke of an input method) begins to overwrite, and seen while somebody types.
 */
export function CellEditor(props: CellEditorProps) {
  const { input, column, box, isFrozen, label, typed, problem, isOpen } = props;
  const listKey = useRef<KeyUse | null>(null);
  const listId = useId();
  const names = ['tp-grid-editor'];
  if (typed === null) names.push('is-ready');
  if (problem !== null) names.push('is-wrong');
  if (column.isNumber) names.push('is-number');
  if (isFrozen) names.push('is-frozen');
  const hasList = column.isEditable && (['choice', 'link', 'dictionary'].includes(column.field.kind) || props.choice !== null);
  return (
    <>
      <input
        ref={input}
        data-stop
        className={names.join(' ')}
        style={{ transform: `translate(${box.left}px, ${box.top}px)`, width: box.width, height: box.height }}
        {...(hasList ? { role: 'combobox', 'aria-expanded': isOpen, 'aria-controls': isOpen ? listId : undefined } : {})}
        aria-label={label}
        aria-invalid={problem !== null || undefined}
        readOnly={!column.isEditable || column.field.kind === 'flag'}
        title={problem ?? undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed ?? ''}
        onChange={(event) => props.onTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || props.onFirstKey(event) || listKey.current?.(event)) return;
          props.onKeyDown(event);
        }}
        onBlur={props.onBlur}
        onCopy={(event) => props.onCopy(event, false)}
        onCut={(event) => props.onCopy(event, true)}
        onPaste={props.onPaste}
      />
      {isOpen && hasList ? <CellList key={column.name} {...props} listId={listId} listKey={listKey} /> : null}
    </>
  );
}

type CellListProps = CellEditorProps & { listId: string; listKey: RefObject<KeyUse | null> };

function CellList(props: CellListProps) {
  const { field } = props.column;
  if (props.choice !== null) return <TextList {...props} choice={props.choice} />;
  return field.kind === 'choice' ? <ChoiceList {...props} field={field} /> : <LinkList {...props} />;
}

function LinkList(props: CellListProps) {
  const { column, row, head, typed, isOpen, input, listId, listKey, onOpen, onTake } = props;
  const beside = useMemo(() => ({ ...head, ...row }), [head, row]);
  const rule = pickRuleOf(column.field, beside) ?? { to: '', linked: false };
  const picked = usePickedRows({ rule, text: typed ?? '', isOpen });
  const isGoingOn = useRef(true);
  const take = (found: PickRow) => {
    picked.remember(found);
    onTake(found.id, { ...found.titles, [rule.to]: { ...found.titles[rule.to], [found.id]: found.title } }, isGoingOn.current);
  };
  const create = useCreate(rule.to, typed ?? '', take, () => input.current?.focus());
  const keys = usePickBox({
    options: picked.rows,
    settled: picked.settled,
    text: typed ?? '',
    isOpen,
    setOpen: onOpen,
    onTake: take,
    onCreate: create,
  });
  useListKey(listKey, (event) => {
    if (keys.onKey(event)) return true;
    if ((event.key !== 'Enter' && event.key !== 'Tab') || event.ctrlKey) return false;
    if ((typed ?? '') === '' && keys.highlighted === 0 && event.key === 'Tab') return false;
    isGoingOn.current = !event.shiftKey;
    event.preventDefault();
    event.stopPropagation();
    keys.take();
    return true;
  });
  return (
    <PickList
      id={listId}
      anchor={input as RefObject<HTMLElement | null>}
      options={picked.options}
      columns={picked.columns}
      highlighted={keys.highlighted}
      isLoading={picked.isLoading}
      text={typed ?? ''}
      onTake={(index) => {
        const found = picked.rows[index];
        if (found) take(found);
      }}
      onHighlight={keys.setHighlighted}
      onCreate={create}
    />
  );
}

function ChoiceList(props: CellListProps & { field: ChoiceField }) {
  const { field, type, path, typed, isOpen, input, listId, listKey, onOpen, onTake } = props;
  const session = useSession();
  const options = choiceOptions({ field, type, path, session, typed: typed ?? '' });
  const take = (option: { key: string }) => onTake(option.key === '' ? null : option.key, undefined, true);
  const keys = usePickBox({ options, settled: (typed ?? '').trim(), text: typed ?? '', isOpen, setOpen: onOpen, onTake: take });
  useListKey(listKey, (event) => {
    if (keys.onKey(event)) return true;
    if (event.key !== 'Enter' && event.key !== 'Tab') return false;
    event.preventDefault();
    event.stopPropagation();
    keys.take();
    return true;
  });
  return (
    <PickList
      id={listId}
      anchor={input as RefObject<HTMLElement | null>}
      options={options}
      highlighted={keys.highlighted}
      text={typed ?? ''}
      onTake={(index) => {
        const option = options[index];
        if (option) take(option);
      }}
      onHighlight={keys.setHighlighted}
    />
  );
}

/** Texts that fit the line, such as the units of its item; what is typed instead stays as it is. */
function TextList({ choice, row, typed, input, listId, listKey, onTake }: CellListProps & { choice: LineChoice }) {
  const { data = [] } = useQuery({
    queryKey: ['lineChoice', choice.field, row],
    queryFn: () => (row ? choice.options(row) : []),
    staleTime: 30_000,
  });
  const [chosen, setChosen] = useState<number | null>(null);
  const marked =
    chosen ??
    Math.max(
      0,
      data.findIndex(({ text }) => text === typed),
    );
  const take = (index: number) => {
    const found = data[index];
    if (found) onTake(found.text, undefined, true);
  };
  useListKey(listKey, (event) => {
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as Record<string, number>)[event.key];
    if (data.length === 0 || (step === undefined && event.key !== 'Enter')) return false;
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) take(marked);
    else setChosen(Math.max(0, Math.min(data.length - 1, marked + step)));
    return true;
  });
  if (data.length === 0) return null;
  return (
    <PickList
      id={listId}
      anchor={input as RefObject<HTMLElement | null>}
      options={data.map(({ text, remark }) => ({ key: text, title: text, cells: [remark] }))}
      highlighted={marked}
      text=""
      onTake={take}
      onHighlight={setChosen}
    />
  );
}

/** The open list is asked about every key before the grid is. */
function useListKey(listKey: RefObject<KeyUse | null>, use: KeyUse): void {
  useEffect(() => {
    listKey.current = use;
    return () => {
      listKey.current = null;
    };
  });
}
