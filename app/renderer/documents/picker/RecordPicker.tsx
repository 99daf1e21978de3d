import { CloseCircleFilled, DownOutlined, LinkOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PickRow } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { useFieldText } from '../../ui/FieldValue.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { useCreateRecord } from './createRecord.ts';
import { pickColumns, pickOptions } from './options.ts';
import { PickList } from './PickList.tsx';
import type { PickRule } from './pickRule.ts';
import { rememberPick } from './recent.ts';
import { usePickBox } from './usePickBox.ts';
import { usePickRows } from './usePickRows.ts';

export interface RecordPickerProps {
  rule: PickRule;
  value: number | null;
  /** The name of the record that is chosen. */
  title: string;
  onPick: (row: PickRow | null) => void;
  id?: string;
  label: string;
  placeholder?: string;
  disabled?: boolean;
  status?: 'error' | '';
  /** Called when Enter has taken a row, to go on to the next field. */
  onTaken?: (input: HTMLElement) => void;
}

/** A field in which a record is chosen by typing: code, name, pinyin, barcode. F4 opens the list. */
export function RecordPicker(props: RecordPickerProps) {
  const { rule, value, title, onPick, id, label, placeholder, disabled, status, onTaken } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLSpanElement>(null);
  const input = useRef<InputRef>(null);
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const picked = usePickedRows({ rule, text: typed ?? '', isOpen });
  const choose = (row: PickRow | null) => {
    setTyped(null);
    setOpen(false);
    if (row) picked.remember(row);
    onPick(row);
  };
  const create = useCreate(rule.to, typed ?? '', choose, () => input.current?.focus());
  const toggle = (open: boolean) => {
    setOpen(open);
    if (!open) setTyped(null);
  };
  const keys = usePickBox({
    options: picked.rows,
    settled: picked.settled,
    text: typed ?? '',
    isOpen,
    setOpen: toggle,
    onTake: choose,
    onCreate: create,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (keys.onKey(event) || event.nativeEvent.isComposing || event.key !== 'Enter' || event.ctrlKey) return;
    if (typed !== null && typed.trim() === '') return choose(null);
    if (!isOpen || (typed === null && value !== null)) return;
    event.preventDefault();
    event.stopPropagation();
    keys.take(() => input.current?.input && onTaken?.(input.current.input));
  };
  const onBlur = () => {
    keys.forget();
    setOpen(false);
    if (typed === '') return choose(null);
    if (typed !== null && picked.settled === typed.trim() && picked.rows.length === 1) choose(picked.rows[0] ?? null);
  };
  const isUnresolved = typed !== null && typed !== '' && !isOpen;
  return (
    <span ref={box} className="tp-picker">
      <Input
        ref={input}
        id={id}
        data-stop
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && picked.rows.length > 0 ? `${listId}-${keys.highlighted}` : undefined}
        autoComplete="off"
        value={typed ?? title}
        title={isUnresolved ? t('documents.notChosen') : title}
        placeholder={placeholder}
        disabled={disabled}
        status={isUnresolved ? 'error' : status}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onFocus={(event) => event.target.select()}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        suffix={
          <PickerSuffix
            to={rule.linked ? rule.to : null}
            value={value}
            disabled={disabled}
            hasText={(typed ?? title) !== ''}
            onClear={() => choose(null)}
          />
        }
      />
      {isOpen && !disabled ? (
        <PickList
          id={listId}
          anchor={box}
          options={picked.options}
          columns={picked.columns}
          highlighted={keys.highlighted}
          isLoading={picked.isLoading}
          text={typed ?? ''}
          onTake={(index) => choose(picked.rows[index] ?? null)}
          onHighlight={keys.setHighlighted}
          onCreate={create}
        />
      ) : null}
    </span>
  );
}

/** Rows, options and columns for a pick list, and a way to remember what was taken. */
export function usePickedRows(of: { rule: PickRule; text: string; isOpen: boolean }) {
  const session = useSession();
  const { t } = useTranslation();
  const textOf = useFieldText();
  const { to, filter, context } = of.rule;
  const { rows, settled, isLoading } = usePickRows({ type: to, text: of.text, filter, context }, of.isOpen);
  const { names, labels, withStock } = pickColumns(session, to, rows);
  const stockText = (available: number, onHand: number) =>
    t('documents.stockShort', { available: formatQuantity(available), onHand: formatQuantity(onHand) });
  return {
    rows,
    settled,
    isLoading,
    options: pickOptions({ type: to, rows, session, names, withStock, textOf, stockText }),
    columns: withStock ? [...labels, t('documents.availableOnHand')] : labels,
    remember: (row: PickRow) => rememberPick(`${session.company.code}.${session.user.id}`, to, row),
  };
}

/** "Create" under the list, for people who may; the typed text goes along and the field gets the keyboard back. */
export function useCreate(type: string, text: string, onCreated: (row: PickRow) => void, onBack: () => void): (() => void) | undefined {
  const createRecord = useCreateRecord();
  const { may } = useSession();
  if (!createRecord || !may(type, 'create')) return undefined;
  return () =>
    void createRecord(type, text.trim()).then((row) => {
      if (row) onCreated(row);
      onBack();
    });
}

interface SuffixProps {
  to: string | null;
  value: number | null;
  disabled?: boolean;
  hasText: boolean;
  onClear: () => void;
}

function PickerSuffix({ to, value, disabled, hasText, onClear }: SuffixProps) {
  const { t } = useTranslation();
  const { definitionOf } = useSession();
  const hasPage = value !== null && to !== null && definitionOf(to)?.operations.includes('read');
  return (
    <span className="tp-picker-suffix">
      {hasText && !disabled ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('documents.clear')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={onClear}
        >
          <CloseCircleFilled />
        </button>
      ) : null}
      {hasPage ? (
        <Link to={`/record/${to}/${value}`} tabIndex={-1} aria-label={t('general.open')}>
          <LinkOutlined />
        </Link>
      ) : null}
      {disabled ? null : <DownOutlined aria-hidden />}
    </span>
  );
}
