import type { RowChange, RowValues } from '../form/draft.ts';
import type { GridScene } from './gridScene.ts';
import { corners } from './movement.ts';

/** What can be done to the marked lines and to the block of cells in them. */
export function lineActions(scene: () => GridScene) {
  const marked = () => {
    const { host, columns, block } = scene();
    const { top, bottom, left, right } = corners(block);
    return { rows: host.rows.slice(top, bottom + 1), columns: columns.slice(left, right + 1).filter((column) => column.isEditable) };
  };

  return {
    clear: (): void => {
      const { rows, columns } = marked();
      const emptied = Object.fromEntries(columns.map((column) => [column.name, column.field.kind === 'flag' ? false : null]));
      if (columns.length > 0 && rows.length > 0) scene().lines.change(rows.map((row): RowChange => ({ row: row.id, values: emptied })));
    },

    insertLine: (): void => {
      const { host, active, lines, moveTo } = scene();
      if (!host.isEditable || host.rows.length >= host.rowsMax) return;
      lines.add(active.row, [{}]);
      moveTo({ row: active.row, column: 0 });
    },

    deleteLines: (): void => {
      const { host, active, moveTo } = scene();
      const rows = marked().rows.map((row) => row.id);
      if (!host.isEditable || rows.length === 0) return;
      host.dispatch({ type: 'remove', part: host.part, rows });
      moveTo({ row: Math.min(active.row, host.rows.length - rows.length), column: active.column });
    },

    shift: (by: 1 | -1): void => {
      const { host, active, moveTo } = scene();
      const to = active.row + by;
      if (!host.isEditable || to < 0 || to >= host.rows.length || active.row >= host.rows.length) return;
      host.dispatch({ type: 'shift', part: host.part, rows: marked().rows.map((row) => row.id), by });
      moveTo({ ...active, row: to });
    },

    /** The first row of the block goes into all the others. */
    fillDown: (): void => {
      const { rows, columns } = marked();
      const [first, ...others] = rows;
      if (!first || others.length === 0) return;
      const values: RowValues = Object.fromEntries(columns.map(({ name }) => [name, first[name] ?? null]));
      scene().lines.change(others.map((row) => ({ row: row.id, values })));
    },
  };
}
