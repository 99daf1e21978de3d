import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { plainCell, readCell } from './cellValue.ts';
import { isNeeded } from './columns.ts';
import type { GridScene } from './gridScene.ts';
import { nextStop, type Place } from './movement.ts';

/** What can be done to the marked cell. */
export function cellActions(scene: () => GridScene) {
  const write = (value: Value, titles?: Titles): void => {
    const { host, columns, active, lines } = scene();
    const column = columns[active.column];
    if (!column?.isEditable) return;
    const row = host.rows[active.row];
    if (row) lines.change([{ row: row.id, values: { [column.name]: value } }], titles);
    else if (host.rows.length < host.rowsMax) lines.add(host.rows.length, [{ [column.name]: value }], titles);
  };

  /** Takes typed text into the marked cell; answers with why not. */
  const commitText = (text: string): string | null => {
    const { columns, active, setting, host } = scene();
    const column = columns[active.column];
    if (!column?.isEditable) return null;
    const before = host.rows[active.row]?.[column.name] ?? null;
    // What was worked out or stored earlier may have more decimals than a person may type.
    if (before !== null && text === plainCell(before, column.name, column.field, setting)) return null;
    const read = readCell(text, column.name, column.field, setting);
    if (read.problem !== undefined) return read.problem;
    if (read.value !== before) write(read.value);
    return null;
  };

  /** Marks the next cell that Enter stops at, or the next one at all; past the end that is the empty line. */
  const goOn = (by: 1 | -1, everyCell: boolean): void => {
    const { host, columns, active, moveTo } = scene();
    const rows = host.rows.length + (host.isEditable ? 1 : 0);
    const stops = (place: Place) => {
      const column = columns[place.column];
      if (!column) return false;
      if (everyCell) return column.isEditable;
      if (place.row === host.rows.length) return column.isEditable && column.field.required === true;
      return isNeeded(column, host.rows[place.row]);
    };
    const to = nextStop(active, by, { rows, columns: columns.length }, stops);
    if (to) moveTo(to);
  };

  const copyAbove = (): void => {
    const { host, columns, active } = scene();
    const column = columns[active.column];
    const above = host.rows[active.row - 1];
    if (column && above) write(above[column.name] ?? null);
  };

  return { write, commitText, goOn, copyAbove };
}
