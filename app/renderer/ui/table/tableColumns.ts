import type { ReactNode } from 'react';
import type { Sort } from '../../../../shared/kernel/definition.ts';

export interface TableColumn<Row> {
  key: string;
  title: string;
  /** Drawn in the head where the title is too long for the column; the title stands behind the mouse. */
  short?: string;
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

interface Room {
  frozen: number;
  hasChecks: boolean;
  availablePx: number;
}

/** How wide the columns are drawn in the room there is, and which stay at the left. */
export function placeColumns<Row>(columns: readonly TableColumn<Row>[], { frozen, hasChecks, availablePx }: Room): ColumnPlaces {
  const checkPx = hasChecks ? checkWidthPx : 0;
  const wanted = columns.reduce((sum, column) => sum + column.widthPx, checkPx);
  const growing = columns.filter((column) => column.grows).length;
  const spare = growing === 0 ? 0 : Math.max(0, Math.floor((availablePx - wanted) / growing));
  const widthsPx = columns.map((column) => column.widthPx + (column.grows ? Math.min(spare, Math.round(column.widthPx * growthMax)) : 0));
  let left = checkPx;
  const leftsPx = widthsPx.map((width, index) => {
    const own = left;
    left += width;
    return index < frozen ? own : undefined;
  });
  return { widthsPx, leftsPx, totalPx: left };
}
