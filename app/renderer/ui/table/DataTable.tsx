import { type ReactNode, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '../../../../shared/kernel/definition.ts';
import { rowHeightsPx, useAppearance } from '../appearance.ts';
import { TableFoot } from './TableFoot.tsx';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import { useTableKeys } from './useTableKeys.ts';
import { useTableWindow } from './useTableWindow.ts';

export interface TableColumn<Row> {
  key: string;
  title: string;
  widthPx: number;
  align?: 'start' | 'end' | 'center';
  sortable?: boolean;
  /** Takes its share of the width that is left over. */
  grows?: boolean;
  render: (row: Row, index: number) => ReactNode;
  /** Stands under the column, at the foot of the table. */
  foot?: ReactNode;
}

export interface TableSelection {
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

export interface DataTableProps<Row> {
  /** Says what the table holds, for people who hear the screen. */
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => number;
  /** So many first columns stay when the table is scrolled sideways. */
  frozen?: number;
  selection?: TableSelection;
  sort?: readonly Sort[];
  onSort?: (field: string, add: boolean) => void;
  onOpen?: (row: Row) => void;
  /** Widths of all columns after one was drawn wider or narrower. */
  onResize?: (widthsPx: Record<string, number>) => void;
  onMove?: (key: string, before: string) => void;
  /** The last rows are coming into sight. */
  onEnd?: () => void;
  /** More rows are on their way. */
  isLoading?: boolean;
  /** Scroll and active row are remembered under this name while the window lives. */
  memory?: string;
  hasFoot?: boolean;
  rowClass?: (row: Row) => string | undefined;
  empty?: ReactNode;
}

/** A table for any number of rows: only those in sight are drawn, head, foot and first columns stay, everything works by keyboard. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation();
  const [{ density }] = useAppearance();
  const rowHeightPx = rowHeightsPx[density];
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  const view = useTableWindow({ scroller, rowCount: props.rows.length, rowHeightPx, memory: props.memory, onEnd: props.onEnd });
  const keys = useTableKeys({ ...props, scroller, rowHeightPx });
  const places = useMemo(() => placeColumns(props, view.widthPx), [props.columns, props.frozen, props.selection !== undefined, view.widthPx]);
  const visible = props.rows.slice(view.first, view.last);
  return (
    <div
      ref={scroller}
      className="tp-table"
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.rows.length}
      aria-multiselectable={props.selection !== undefined}
      aria-activedescendant={keys.active >= 0 ? `${name}-${keys.active}` : undefined}
      aria-busy={props.isLoading}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a grid takes the keyboard as a whole
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
    >
      <TableHead {...props} places={places} />
      <div className="tp-table-body" role="rowgroup" style={{ height: props.rows.length * rowHeightPx, minWidth: places.totalPx }}>
        {visible.map((row, index) => (
          <TableRow
            key={props.idOf(row)}
            id={`${name}-${view.first + index}`}
            row={row}
            rowId={props.idOf(row)}
            index={view.first + index}
            topPx={(view.first + index) * rowHeightPx}
            columns={props.columns}
            places={places}
            isActive={view.first + index === keys.active}
            isChosen={props.selection?.chosen.has(props.idOf(row)) ?? false}
            isSelectable={props.selection !== undefined}
            className={props.rowClass?.(row)}
            onPress={keys.onPress}
            onOpen={props.onOpen}
          />
        ))}
      </div>
      {props.rows.length === 0 && !props.isLoading ? <div className="tp-table-empty">{props.empty}</div> : null}
      {props.isLoading ? <div className="tp-table-loading">{t('general.loading')}</div> : null}
      {props.hasFoot ? <TableFoot columns={props.columns} places={places} isSelectable={props.selection !== undefined} /> : null}
    </div>
  );
}

/** Where each column stands and whether it stays there. */
export interface ColumnPlaces {
  widthsPx: readonly number[];
  /** Distance from the left edge for the columns that stay, else undefined. */
  leftsPx: readonly (number | undefined)[];
  totalPx: number;
}

export const checkWidthPx = 34;
/** A growing column takes at most so much of its own width on top; beyond that, space helps nobody's eye. */
const growthMax = 1.3;

function placeColumns(props: { columns: readonly TableColumn<never>[] | readonly TableColumn<unknown>[]; frozen?: number; selection?: unknown }, availablePx: number): ColumnPlaces {
  const columns = props.columns as readonly TableColumn<unknown>[];
  const checkPx = props.selection === undefined ? 0 : checkWidthPx;
  const wanted = columns.reduce((sum, column) => sum + column.widthPx, checkPx);
  const growing = columns.filter((column) => column.grows).length;
  const spare = growing === 0 ? 0 : Math.max(0, Math.floor((availablePx - wanted) / growing));
  const widthsPx = columns.map((column) => column.widthPx + (column.grows ? Math.min(spare, Math.round(column.widthPx * growthMax)) : 0));
  let left = checkPx;
  const leftsPx = widthsPx.map((width, index) => {
    const own = left;
    left += width;
    return index < (props.frozen ?? 0) ? own : undefined;
  });
  return { widthsPx, leftsPx, totalPx: left };
}
