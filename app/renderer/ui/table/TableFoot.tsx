import type { ColumnPlaces, TableColumn } from './DataTable.tsx';

/** Sums below their columns. */
export function TableFoot<Row>({ columns, places, isSelectable }: { columns: readonly TableColumn<Row>[]; places: ColumnPlaces; isSelectable: boolean }) {
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
