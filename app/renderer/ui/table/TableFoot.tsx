// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid as a whole takes the keyboard
import type { ColumnPlaces, TableColumn } from './tableColumns.ts';

/** Sums below their columns. */
export function TableFoot<Row>({
  columns,
  places,
  isSelectable,
}: {
  columns: readonly TableColumn<Row>[];
  places: ColumnPlaces;
  isSelectable: boolean;
}) {
  return (
    <div className="tp-table-foot" role="row" style={{ minWidth: places.totalPx }}>
      {isSelectable ? <div className="tp-cell tp-cell-check tp-stays" role="gridcell" style={{ left: 0 }} /> : null}
      {columns.map((column, at) => (
        <div
          key={column.key}
          role="gridcell"
          className={places.leftsPx[at] === undefined ? 'tp-cell' : 'tp-cell tp-stays'}
          style={{ width: places.widthsPx[at], left: places.leftsPx[at], textAlign: column.align ?? 'start' }}
        >
          {column.foot}
        </div>
      ))}
    </div>
  );
}
