// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, type RefObject, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.tsx';
import { rowHeightsPx, useAppearance } from '../../ui/appearance.ts';
import { CellEditor } from './CellEditor.tsx';
import { type Column, columnsOf, numberWidth } from './columns.ts';
import { GridFoot, GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import './grid.css';
import type { GridHost } from './host.ts';
import { lineChoiceFor } from './lineRules.ts';
import { corners, type Place, visibleRows } from './movement.ts';
import { PastePreview } from './PastePreview.tsx';
import { UnknownCodes } from './UnknownCodes.tsx';
import { useCellTexts } from './useCellTexts.ts';
import { useGridKeyboard } from './useGridKeyboard.ts';
import { useGridState } from './useGridState.ts';
import { useIntoSight, useRowProblems, useView } from './useGridView.ts';
import { useLineChange } from './useLineChange.ts';
import { useScanner } from './useScanner.ts';

/** Lets the form put the keyboard into a cell. */
export interface GridHandle {
  focusCell(rowId: number, field: string): void;
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
  const [{ density }] = useAppearance();
  const rowHeight = rowHeightsPx[density];
  const columns = useColumns(host);
  const rowCount = host.rows.length + (host.isEditable && host.rows.length < host.rowsMax ? 1 : 0);
  const scroller = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const view = useView(scroller);
  const { state, block, moveTo, patch } = useGridState();
  const active = within(state.active, rowCount, columns.length);
  const { setting, textOf } = useCellTexts(host);
  const lines = useLineChange(host);
  const scanner = useScanner(host, columns, lines);
  const page = Math.max(1, Math.floor((view.height - 3 * rowHeight) / rowHeight));
  const scene = { host, columns, active, block, setting, lines, moveTo };
  const keyboard = useGridKeyboard({ ...scene, state, patch, rowCount, page, input, onScan: scanner.scan });
  const activeRow = host.rows[active.row];
  const activeId = activeRow?.id ?? null;
  useEffect(() => onActiveRow?.(activeId), [activeId, onActiveRow]);
  const column = columns[active.column];
  useIntoSight(scroller, { place: active, column, rowHeight, endPx: columns.find(({ isFrozenEnd }) => isFrozenEnd)?.width ?? 0 });
  useImperativeHandle(handle, () => ({
    focusCell: (rowId, field) => {
      const row = host.rows.findIndex(({ id }) => id === rowId);
      const at = columns.findIndex(({ name }) => name === field);
      moveTo({ row: Math.max(0, row), column: Math.max(0, at) });
      input.current?.focus();
    },
  }));
  if (!column) return null;
  const width = columns.reduce((sum, { width: own }) => sum + own, numberWidth);
  const left = leftOf(column, view);
  return (
    <section className="tp-grid" aria-label={title}>
      <Tools host={host} title={title} onInsert={keyboard.insertLine} onDelete={keyboard.deleteLines}>
        {tools}
      </Tools>
      <div
        ref={scroller}
        className="tp-grid-scroll"
        role="grid"
        tabIndex={-1}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        onScroll={view.onScroll}
        {...keyboard.mouse}
      >
        <GridHead columns={columns} width={width} />
        <div className="tp-grid-body" style={{ height: Math.max(rowCount * rowHeight, 1), width }}>
          <Rows host={host} columns={columns} width={width} rowHeight={rowHeight} rowCount={rowCount} view={view} textOf={textOf} />
          <BlockMark place={block} columns={columns} rowHeight={rowHeight} />
          <CellEditor
            input={input}
            type={host.type}
            path={`${host.part}.${column.name}`}
            column={column}
            row={activeRow}
            head={host.head}
            choice={lineChoiceFor(column.name, host)}
            box={{ left, top: active.row * rowHeight, width: column.width, height: rowHeight }}
            isFrozen={column.isFrozen || column.isFrozenEnd}
            label={`${column.label} ${active.row + 1}: ${activeRow ? textOf(column, activeRow[column.name]) : ''}`}
            typed={state.typed}
            isOpen={state.isOpen}
            problem={state.problem === null ? null : t(`documents.cell.${state.problem as 'notChosen'}`)}
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

/** Where a column stands among those that were scrolled. */
function leftOf(column: Column, view: { left: number; width: number }): number {
  if (column.isFrozen) return column.left + view.left;
  return column.isFrozenEnd ? Math.min(column.left, view.left + view.width - column.width) : column.left;
}

function useColumns(host: GridHost): Column[] {
  const session = useSession();
  const [{ density }] = useAppearance();
  const { fields, isEditable, type, part } = host;
  return useMemo(
    () => columnsOf(fields, { isEditable, labelOf: (name) => session.fieldLabel(type, `${part}.${name}`), scale: scales[density] }),
    [fields, isEditable, type, part, session, density],
  );
}

/** The marked cell stays inside the grid when lines were taken away below it. */
function within(place: Place, rows: number, columns: number): Place {
  return { row: Math.min(place.row, Math.max(0, rows - 1)), column: Math.min(place.column, columns - 1) };
}

interface ToolsProps {
  host: GridHost;
  title: string;
  onInsert: () => void;
  onDelete: () => void;
  children: ReactNode;
}

function Tools({ host, title, onInsert, onDelete, children }: ToolsProps) {
  const { t } = useTranslation();
  return (
    <div className="tp-grid-tools">
      <h2>{title}</h2>
      <span className="tp-faint">{t('documents.rowCount', { count: host.rows.length })}</span>
      {children}
      {host.isEditable ? (
        <>
          <Button size="small" icon={<PlusOutlined />} onClick={onInsert} title="Ins">
            {t('documents.insertLine')}
          </Button>
          <Button size="small" icon={<DeleteOutlined />} onClick={onDelete} title="Ctrl+Del">
            {t('documents.deleteLine')}
          </Button>
        </>
      ) : null}
    </div>
  );
}

interface RowsProps {
  host: GridHost;
  columns: readonly Column[];
  width: number;
  rowHeight: number;
  rowCount: number;
  view: { top: number; height: number };
  textOf: Parameters<typeof GridRow>[0]['textOf'];
}

/** The rows in sight; the one after the last line is empty and waits to be written into. */
function Rows({ host, columns, width, rowHeight, rowCount, view, textOf }: RowsProps) {
  const problems = useRowProblems(host);
  const { first, last } = visibleRows({ scrollTop: view.top, height: view.height, rowHeight, rows: rowCount });
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => {
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
  });
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
