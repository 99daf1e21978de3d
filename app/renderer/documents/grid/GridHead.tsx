// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid's one input has the keyboard and names the cell
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import { type Column, isSummed, numberWidth } from './columns.ts';

/** The names of the columns, which stay above the lines. */
export function GridHead({ columns, width }: { columns: readonly Column[]; width: number }) {
  return (
    <div className="tp-grid-head" role="row" aria-rowindex={1} style={{ width }}>
      <div className="tp-grid-number" role="columnheader">
        #
      </div>
      {columns.map((column) => (
        <div
          key={column.name}
          role="columnheader"
          className={`tp-grid-cell${column.isNumber ? ' is-number' : ''}${frozenClass(column)}`}
          style={{ width: column.width, left: column.isFrozen ? column.left : undefined }}
          title={column.label}
        >
          {column.field.required && column.isEditable ? <b className="tp-grid-required">*</b> : null}
          {column.label}
        </div>
      ))}
    </div>
  );
}

interface GridFootProps {
  columns: readonly Column[];
  width: number;
  rows: readonly AnyRow[];
  label: string;
  textOf: (column: Column, value: Value | undefined) => string;
}

/** Sums of quantities and money, which stay below the lines. */
export function GridFoot({ columns, width, rows, label, textOf }: GridFootProps) {
  const first = columns.findIndex(isSummed);
  return (
    <div className="tp-grid-foot" role="row" style={{ width }}>
      <div className="tp-grid-number" style={{ width: numberWidth }} />
      {columns.map((column, at) => (
        <div
          key={column.name}
          role="gridcell"
          tabIndex={-1}
          className={`tp-grid-cell is-number${frozenClass(column)}`}
          style={{ width: column.width, left: column.isFrozen ? column.left : undefined }}
        >
          {isSummed(column) ? textOf(column, sumOf(rows, column.name)) : at === Math.max(0, first - 1) ? label : ''}
        </div>
      ))}
    </div>
  );
}

const frozenClass = ({ isFrozen, isFrozenEnd }: Column): string => (isFrozen ? ' is-frozen' : isFrozenEnd ? ' is-frozen-end' : '');

function sumOf(rows: readonly AnyRow[], name: string): Value {
  const sum = rows.reduce((all, row) => all + Number(row[name] ?? 0), 0);
  return Number.isSafeInteger(sum) ? sum : null;
}
