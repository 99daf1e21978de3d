// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid as a whole takes the keyboard
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { type DragEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnPlaces, DataTableProps } from './tableColumns.ts';

const widthMinPx = 48;

/** Names of the columns: pressing sorts, drawing the edge changes the width, dragging changes the order. */
export function TableHead<Row>(props: DataTableProps<Row> & { places: ColumnPlaces }) {
  const { columns, places, selection, rows, idOf, sort, onSort, onMove } = props;
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const chosenHere = selection === undefined ? 0 : rows.reduce((sum, row) => sum + (selection.chosen.has(idOf(row)) ? 1 : 0), 0);
  return (
    <div className="tp-table-head" role="row" style={{ minWidth: places.totalPx }}>
      {selection === undefined ? null : (
        <div className="tp-cell tp-cell-check tp-stays" role="columnheader" style={{ left: 0 }}>
          <Checkbox
            aria-label={t('general.all')}
            checked={rows.length > 0 && chosenHere === rows.length}
            indeterminate={chosenHere > 0 && chosenHere < rows.length}
            onChange={(event) => selection.onChange(event.target.checked ? new Set([...selection.chosen, ...rows.map(idOf)]) : new Set())}
          />
        </div>
      )}
      {columns.map((column, at) => {
        const sorted = sort?.find((one) => one.field === column.key);
        const canSort = column.sortable && onSort !== undefined;
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-sort={sorted?.direction ?? (canSort ? 'none' : undefined)}
            className={`tp-cell ${places.leftsPx[at] === undefined ? '' : 'tp-stays'} ${dragged !== null && dragged !== column.key ? 'tp-droppable' : ''}`}
            style={{ width: places.widthsPx[at], left: places.leftsPx[at], textAlign: column.align ?? 'start' }}
            draggable={onMove !== undefined}
            onDragStart={() => setDragged(column.key)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => dragged !== null && dragged !== column.key && onMove?.(dragged, column.key)}
          >
            {canSort ? (
              <button type="button" title={column.title} onClick={(event) => onSort(column.key, event.shiftKey)}>
                <span>{column.short ?? column.title}</span>
                {sorted === undefined ? null : sorted.direction === 'ascending' ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
              </button>
            ) : (
              <span title={column.title}>{column.short ?? column.title}</span>
            )}
            {props.onResize === undefined ? null : <Edge {...props} at={at} />}
          </div>
        );
      })}
    </div>
  );
}

/** Drawing an edge is not dragging the column. */
function keepStill(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** The right edge of a column's head; the width follows the pointer and is kept when it is let go. */
function Edge<Row>({ columns, places, at, onResize }: DataTableProps<Row> & { places: ColumnPlaces; at: number }) {
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    const edge = event.currentTarget;
    const [startX, startWidth] = [event.clientX, places.widthsPx[at] ?? widthMinPx];
    edge.setPointerCapture(event.pointerId);
    const widths = (x: number) =>
      Object.fromEntries(
        columns.map((column, index) => [
          column.key,
          index === at ? Math.max(widthMinPx, startWidth + x - startX) : (places.widthsPx[index] ?? column.widthPx),
        ]),
      );
    const move = (moved: globalThis.PointerEvent) => onResize?.(widths(moved.clientX));
    const end = () => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
  };
  return <span className="tp-edge" aria-hidden onPointerDown={begin} draggable onDragStart={keepStill} />;
}
