// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid as a whole takes the keyboard
// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid as a whole takes the keyboard
import { Checkbox } from 'antd';
import { type MouseEvent, memo } from 'react';
import { tellWhatIsCut } from '../tellWhatIsCut.ts';
import type { ColumnPlaces, TableColumn } from './tableColumns.ts';

interface TableRowProps<Row> {
  id: string;
  row: Row;
  rowId: number;
  index: number;
  topPx: number;
  columns: readonly TableColumn<Row>[];
  places: ColumnPlaces;
  isActive: boolean;
  isChosen: boolean;
  isSelectable: boolean;
  className?: string;
  onPress: (index: number, event: MouseEvent, onCheck: boolean) => void;
  onOpen?: (row: Row) => void;
}

function OneRow<Row>(props: TableRowProps<Row>) {
  const { id, row, index, topPx, columns, places, isActive, isChosen, isSelectable, className, onPress, onOpen } = props;
  const look = ['tp-table-row', isActive ? 'tp-active' : '', isChosen ? 'tp-chosen' : '', className ?? ''].filter(Boolean).join(' ');
  return (
    <div
      id={id}
      className={look}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelectable ? isChosen : undefined}
      tabIndex={-1}
      style={{ transform: `translateY(${topPx}px)` }}
      onClick={(event) => onPress(index, event, false)}
      onDoubleClick={() => onOpen?.(row)}
    >
      {isSelectable ? (
        <div className="tp-cell tp-cell-check tp-stays" role="gridcell" style={{ left: 0 }}>
          <Checkbox
            checked={isChosen}
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              onPress(index, event as unknown as MouseEvent, true);
            }}
          />
        </div>
      ) : null}
      {columns.map((column, at) => (
        <div
          key={column.key}
          role="gridcell"
          className={places.leftsPx[at] === undefined ? 'tp-cell' : 'tp-cell tp-stays'}
          style={{ width: places.widthsPx[at], left: places.leftsPx[at], textAlign: column.align ?? 'start' }}
          onMouseEnter={({ currentTarget }) => tellWhatIsCut(currentTarget)}
        >
          {column.render(row, index)}
        </div>
      ))}
    </div>
  );
}

/** One row, drawn again only when something about it changed. */
export const TableRow = memo(OneRow) as typeof OneRow;
