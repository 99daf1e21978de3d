import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.tsx';
import { rowHeightsPx, useAppearance } from '../../ui/appearance.ts';
import { CellEditor } from './CellEditor.tsx';
import { type Column, columnsOf, numberWidth } from './columns.ts';
import { GridFoot, GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import './grid.css';
import type { GridHost } from './host.ts';
import { corners, type Place, visibleRows } from './movement.ts';
import { PastePreview } from './PastePreview.tsx';
import { UnknownCodes } from './UnknownCodes.tsx';
import { useCellTexts } from './useCellTexts.ts';
import { useGridKeyboard } from './useGridKeyboard.ts';
import { useGridState } from './useGridState.ts';
import { useLineChange } from './useLineChange.ts';
import { useScanner } from './useScanner.ts';

/** Lets the form put the keyboard into a cell. */
export interface GridHandle {
  focusCell(rowId: number, field: string): void;
  focusFirst(): void;
}

interface EntryGridProps {
  host: GridHost;
  title: string;
  handle?: RefObject<GridHandle | null>;
  /** Buttons beside the grid's own. */
  tools?: ReactNode;
  onActiveRow?: (rowId: number | null) => void;
}

const scales = { compact: 1, standard: 1.08, roomy: 1.2 } as const;

/** The lines of a document, entered by keyboard like a sheet: one active cell, rows drawn only when they change, only those in sight. */
export function EntryGrid({ host, title, handle, tools, onActiveRow }: EntryGridProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [{ density }] = useAppearance();
  const rowHeight = rowHeightsPx[density];
  const columns = useMemo(
    () =>
      columnsOf(host.fields, {
        isEditable: host.isEditable,
        labelOf: (name) => session.fieldLabel(host.type, `${host.part}.${name}`),
        scale: scales[density],
      }),
    [host.fields, host.isEditable, host.type, host.part, session, density],
  );
  const width = columns.reduce((sum, column) => sum + column.width, numberWidth);
  const rowCount = host.rows.length + (host.isEditable && host.rows.length < host.rowsMax ? 1 : 0);
  const scroller = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const view = useView(scroller);
  const { state, block, moveTo, patch } = useGridState();
  const active: Place = {
    row: Math.min(state.active.row, Math.max(0, rowCount - 1)),
    column: Math.min(state.active.column, columns.length - 1),
  };
  const { setting, textOf } = useCellTexts(host);
  const lines = useLineChange(host);
  const scanner = useScanner(host, columns, lines);
  const page = Math.max(1, Math.floor((view.height - 3 * rowHeight) / rowHeight));
  const keyboard = useGridKeyboard({
    host,
    columns,
    active,
    block,
    setting,
    lines,
    moveTo,
    state,
    patch,
    rowCount,
    page,
    input,
    onScan: scanner.scan,
  });
  const activeRow = host.rows[active.row];
  const activeId = activeRow?.id ?? null;
  useEffect(() => onActiveRow?.(activeId), [activeId, onActiveRow]);
  useIntoSight(scroller, { place: active, column: columns[active.column], rowHeight });
  useImperativeHandle(handle, () => ({
    focusCell: (rowId, field) => {
      moveTo({
        row: Math.max(
          0,
          host.rows.findIndex((row) => row.id === rowId),
        ),
        column: Math.max(
          0,
          columns.findIndex(({ name }) => name === field),
        ),
      });
      input.current?.focus();
    },
    focusFirst: () => input.current?.focus(),
  }));
  const column = columns[active.column];
  const { first, last } = visibleRows({ scrollTop: view.top, height: view.height, rowHeight, rows: rowCount });
  const problems = useRowProblems(host);
  if (!column) return null;
  const problemText = state.problem === null ? null : t(`documents.cell.${state.problem as 'notChosen'}`);
  return (
    <section className="tp-grid" aria-label={title}>
      <div className="tp-grid-tools">
        <h2>{title}</h2>
        <span className="tp-faint">{t('documents.rowCount', { count: host.rows.length })}</span>
        {tools}
        {host.isEditable ? (
          <>
            <Button size="small" icon={<PlusOutlined />} onClick={keyboard.insertLine} title="Ins">
              {t('documents.insertLine')}
            </Button>
            <Button size="small" icon={<DeleteOutlined />} onClick={keyboard.deleteLines} title="Ctrl+Del">
              {t('documents.deleteLine')}
            </Button>
          </>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard is in the grid's one input */}
      <div
        ref={scroller}
        className="tp-grid-scroll"
        role="grid"
        tabIndex={-1}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        onScroll={view.onScroll}
        onMouseDown={keyboard.onMouseDown}
        onMouseOver={keyboard.onMouseOver}
        onDoubleClick={keyboard.onDoubleClick}
      >
        <GridHead columns={columns} width={width} />
        <div className="tp-grid-body" style={{ height: Math.max(rowCount * rowHeight, 1), width }}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => {
            const index = first + offset;
            const row = host.rows[index] ?? null;
            return (
              <GridRow
                key={row?.id ?? 'blank'}
                row={row}
                index={index}
                top={index * rowHeight}
                width={width}
                columns={columns}
                problems={row ? (problems.get(row.id) ?? null) : null}
                textOf={textOf}
              />
            );
          })}
          <BlockMark place={block} columns={columns} rowHeight={rowHeight} />
          <CellEditor
            input={input}
            type={host.type}
            path={`${host.part}.${column.name}`}
            column={column}
            row={activeRow}
            head={host.head}
            box={{
              left: column.isFrozen ? column.left + view.left : column.left,
              top: active.row * rowHeight,
              width: column.width,
              height: rowHeight,
            }}
            isFrozen={column.isFrozen}
            label={`${column.label} ${active.row + 1}: ${activeRow ? textOf(column, activeRow[column.name]) : ''}`}
            typed={state.typed}
            isOpen={state.isOpen}
            problem={problemText}
            {...keyboard.editor}
          />
        </div>
        {host.rows.length > 0 ? (
          <GridFoot columns={columns} width={width} rows={host.rows} label={t('general.total')} textOf={textOf} />
        ) : null}
      </div>
      <UnknownCodes codes={scanner.unknown} onForget={scanner.forget} />
      {keyboard.pasted ? (
        <PastePreview {...keyboard.pasted} host={host} columns={columns} setting={setting} lines={lines} onClose={keyboard.closePaste} />
      ) : null}
    </section>
  );
}

/** The rectangle of marked cells, when there is more than one. */
function BlockMark({ place, columns, rowHeight }: { place: Parameters<typeof corners>[0]; columns: readonly Column[]; rowHeight: number }) {
  const { top, bottom, left, right } = corners(place);
  const [from, to] = [columns[left], columns[right]];
  if ((top === bottom && left === right) || !from || !to) return null;
  const style = {
    transform: `translate(${from.left}px, ${top * rowHeight}px)`,
    width: to.left + to.width - from.left,
    height: (bottom - top + 1) * rowHeight,
  };
  return <div className="tp-grid-block" style={style} />;
}

/** What of the grid is in sight. */
function useView(scroller: RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState({ top: 0, left: 0, height: 400 });
  useLayoutEffect(() => {
    const place = scroller.current;
    if (!place) return;
    const measure = () => setView((now) => ({ ...now, height: place.clientHeight }));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(place);
    return () => watch.disconnect();
  }, [scroller]);
  const onScroll = () => {
    const place = scroller.current;
    if (place) setView((now) => ({ ...now, top: place.scrollTop, left: place.scrollLeft }));
  };
  return { ...view, onScroll };
}

/** Scrolls just as far as the marked cell needs to be seen between head, foot and the columns that stay. */
function useIntoSight(
  scroller: RefObject<HTMLDivElement | null>,
  of: { place: Place; column: Column | undefined; rowHeight: number },
): void {
  const { place, column, rowHeight } = of;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !column) return;
    const top = place.row * rowHeight;
    const seen = box.clientHeight - 2 * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + seen) box.scrollTop = top + rowHeight - seen;
    if (column.isFrozen) return;
    const frozen = numberWidth + 150;
    if (column.left < box.scrollLeft + frozen) box.scrollLeft = Math.max(0, column.left - frozen);
    else if (column.left + column.width > box.scrollLeft + box.clientWidth) box.scrollLeft = column.left + column.width - box.clientWidth;
  }, [scroller, place.row, column, rowHeight]);
}

/** What is wrong with each row, in words; rows without a problem are not named. */
function useRowProblems(host: GridHost): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const { problems, part, problemText } = host;
  return useMemo(() => {
    const byRow = new Map<number, Record<string, string>>();
    for (const [place, refusal] of problems) {
      const [inPart, row, field = ''] = place.split('.');
      if (inPart !== part || row === undefined) continue;
      byRow.set(Number(row), { ...byRow.get(Number(row)), [field]: problemText(refusal) });
    }
    return byRow;
  }, [problems, part, problemText]);
}
