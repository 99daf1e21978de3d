// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight are drawn, which a table element does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid's one input has the keyboard and names the cell
import { memo } from 'react';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { Column } from './columns.ts';

interface GridRowProps {
  /** Null for the empty row at the end, which becomes a line when something is written into it. */
  row: AnyRow | null;
  index: number;
  top: number;
  width: number;
  columns: readonly Column[];
  /** What is wrong in this row, by field. */
  problems: Readonly<Record<string, string>> | null;
  textOf: (column: Column, value: Value | undefined) => string;
}

/** One line as it is read. Nothing here knows where the mark stands, so that moving it draws no row again. */
export const GridRow = memo(function GridRow({ row, index, top, width, columns, problems, textOf }: GridRowProps) {
  return (
    <div
      className={row === null ? 'tp-grid-row is-blank' : 'tp-grid-row'}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)`, width }}
    >
      <div className="tp-grid-number" role="rowheader" data-row={index}>
        {row === null ? '*' : index + 1}
      </div>
      {columns.map((column, at) => {
        const text = row === null ? '' : textOf(column, row[column.name]);
        const problem = problems?.[column.name];
        return (
          <div
            key={column.name}
            role="gridcell"
            aria-colindex={at + 2}
            aria-invalid={problem !== undefined || undefined}
            className={classOf(column, problem !== undefined)}
            style={{ width: column.width, left: column.isFrozen ? column.left : undefined }}
            data-row={index}
            data-column={at}
            title={problem ?? (text.length > 10 ? text : undefined)}
          >
            {text}
          </div>
        );
      })}
    </div>
  );
});

function classOf(column: Column, isWrong: boolean): string {
  const names = ['tp-grid-cell'];
  if (column.isNumber) names.push('is-number');
  if (column.isFrozen) names.push('is-frozen');
  if (column.isFrozenEnd) names.push('is-frozen-end');
  if (!column.isEditable) names.push('is-derived');
  if (column.field.kind === 'flag') names.push('is-flag');
  if (isWrong) names.push('is-wrong');
  return names.join(' ');
}
