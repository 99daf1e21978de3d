/** A cell of the grid by its place: row and column counted from zero. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells: from where it was begun to where it was drawn. */
export interface Block {
  readonly anchor: Place;
  readonly head: Place;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen: one step of PgUp and PgDn. */
  readonly page: number;
}

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where a movement key leads; undefined when the key does not move. */
export function moved(from: Place, press: KeyPress, size: GridSize): Place | undefined {
  const lastRow = Math.max(0, size.rows - 1);
  const lastColumn = Math.max(0, size.columns - 1);
  const to = (row: number, column: number): Place => ({ row: clamp(row, lastRow), column: clamp(column, lastColumn) });
  if (press.altKey) return undefined;
  switch (press.key) {
    case 'ArrowUp':
      return press.ctrlKey ? to(0, from.column) : to(from.row - 1, from.column);
    case 'ArrowDown':
      return press.ctrlKey ? to(lastRow, from.column) : to(from.row + 1, from.column);
    case 'ArrowLeft':
      return press.ctrlKey ? to(from.row, 0) : to(from.row, from.column - 1);
    case 'ArrowRight':
      return press.ctrlKey ? to(from.row, lastColumn) : to(from.row, from.column + 1);
    case 'Home':
      return press.ctrlKey ? to(0, 0) : to(from.row, 0);
    case 'End':
      return press.ctrlKey ? to(lastRow, lastColumn) : to(from.row, lastColumn);
    case 'PageUp':
      return to(from.row - size.page, from.column);
    case 'PageDown':
      return to(from.row + size.page, from.column);
    default:
      return undefined;
  }
}

/**
 * The next place for Tab or Enter: the cells that `stops` at, left to right and on into the next row; undefined past the last one.
 * `by` −1 goes backwards.
 */
export function nextStop(
  from: Place,
  by: 1 | -1,
  size: Pick<GridSize, 'rows' | 'columns'>,
  stops: (place: Place) => boolean,
): Place | undefined {
  const total = size.rows * size.columns;
  for (let index = from.row * size.columns + from.column + by; index >= 0 && index < total; index += by) {
    const place = { row: Math.floor(index / size.columns), column: index % size.columns };
    if (stops(place)) return place;
  }
  return undefined;
}

/** The block's corners in order. */
export function corners(block: Block): { top: number; bottom: number; left: number; right: number } {
  return {
    top: Math.min(block.anchor.row, block.head.row),
    bottom: Math.max(block.anchor.row, block.head.row),
    left: Math.min(block.anchor.column, block.head.column),
    right: Math.max(block.anchor.column, block.head.column),
  };
}

/** The rows of a virtual list that are to be drawn, some beyond what is seen so that fast scrolling shows no gap. */
export function visibleRows(of: { scrollTop: number; height: number; rowHeight: number; rows: number }): { first: number; last: number } {
  const beyond = 8;
  const first = Math.max(0, Math.floor(of.scrollTop / of.rowHeight) - beyond);
  const last = Math.min(of.rows - 1, Math.ceil((of.scrollTop + of.height) / of.rowHeight) + beyond);
  return { first, last };
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}
