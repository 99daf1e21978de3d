import { PlusOutlined } from '@ant-design/icons';
import { Spin } from 'antd';
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Thumbnail } from '../../ui/FilePicture.tsx';

export interface PickOption {
  key: string | number;
  title: string;
  code?: string;
  /** Its picture; null leaves the room empty beside rows that have one. */
  picture?: number | null;
  /** Further columns, in the order of `columns`. */
  cells?: readonly string[];
}

interface PickListProps {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  options: readonly PickOption[];
  columns?: readonly string[];
  highlighted: number;
  isLoading?: boolean;
  text: string;
  onTake: (index: number) => void;
  onHighlight: (index: number) => void;
  onCreate?: () => void;
}

/** The list that hangs below a field while something is being chosen. The keyboard stays in the field. */
export function PickList(props: PickListProps) {
  const { id, anchor, options, columns = [], highlighted, isLoading, text, onTake, onHighlight, onCreate } = props;
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const place = usePlace(anchor, columns.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mark or other rows have to be brought into sight
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [highlighted, options]);
  if (place === null) return null;
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: a press keeps the keyboard in the field, nothing else
    <div className="tp-pick" style={place} onMouseDown={(event) => event.preventDefault()}>
      {columns.length > 0 && options.length > 0 ? (
        <div className="tp-pick-head" aria-hidden>
          <span className="tp-pick-title" />
          {columns.map((column) => (
            <span key={column} className="tp-pick-cell">
              {column}
            </span>
          ))}
        </div>
      ) : null}
      <div ref={list} className="tp-pick-rows" id={id} role="listbox">
        {options.map((option, index) => (
          <Option
            key={option.key}
            id={`${id}-${index}`}
            option={option}
            isHighlighted={index === highlighted}
            onTake={() => onTake(index)}
            onOver={() => onHighlight(index)}
          />
        ))}
      </div>
      {options.length === 0 ? (
        <div className="tp-pick-none">{isLoading ? <Spin size="small" /> : t('documents.nothingFound', { text })}</div>
      ) : null}
      {onCreate ? (
        <button type="button" className="tp-pick-create" tabIndex={-1} onClick={onCreate}>
          <PlusOutlined /> {text.trim() === '' ? t('documents.createNew') : t('documents.createFrom', { text: text.trim() })}{' '}
          <kbd>Ctrl+Enter</kbd>
        </button>
      ) : null}
    </div>,
    document.body,
  );
}

interface OptionProps {
  id: string;
  option: PickOption;
  isHighlighted: boolean;
  onTake: () => void;
  onOver: () => void;
}

function Option({ id, option, isHighlighted, onTake, onOver }: OptionProps): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field the list belongs to has the keyboard
    <div id={id} role="option" tabIndex={-1} aria-selected={isHighlighted} className="tp-pick-row" onClick={onTake} onMouseMove={onOver}>
      <span className="tp-pick-title">
        {option.picture === undefined ? null : <Thumbnail file={option.picture} />}
        {option.code ? <code>{option.code}</code> : null}
        <span title={option.title}>{option.title}</span>
      </span>
      {option.cells?.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
        <span key={index} className="tp-pick-cell" title={cell}>
          {cell}
        </span>
      ))}
    </div>
  );
}

const heightMax = 320;

/** Below the field, or above it where there is no room; follows the field when something scrolls. */
function usePlace(anchor: RefObject<HTMLElement | null>, columns: number): CSSProperties | null {
  const [place, setPlace] = useState<CSSProperties | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!box) return;
      const width = Math.min(Math.max(box.width, 240 + columns * 110), window.innerWidth - 16);
      const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
      const isAbove = box.bottom + heightMax > window.innerHeight && box.top > window.innerHeight - box.bottom;
      const vertical = isAbove ? { bottom: window.innerHeight - box.top + 2 } : { top: box.bottom + 2 };
      setPlace({ position: 'fixed', left, width, maxHeight: heightMax, ...vertical });
    };
    measure();
    window.addEventListener('scroll', measure, true);
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('scroll', measure, true);
      window.removeEventListener('resize', measure);
    };
  }, [anchor, columns]);
  return place;
}
