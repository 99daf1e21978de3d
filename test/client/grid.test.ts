import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CellSetting, plainCell, readCell } from '../../app/renderer/documents/grid/cellValue.ts';
import { formatCells, parseCells } from '../../app/renderer/documents/grid/clipboard.ts';
import { columnsOf, isNeeded, scanColumns } from '../../app/renderer/documents/grid/columns.ts';
import { editingCommand, readyCommand } from '../../app/renderer/documents/grid/gridKeys.ts';
import { followingNow, registerLineRule, stillWanted } from '../../app/renderer/documents/grid/lineRules.ts';
import { moved, nextStop, visibleRows } from '../../app/renderer/documents/grid/movement.ts';
import { readPaste, targetsAt, textsToFind } from '../../app/renderer/documents/grid/paste.ts';
import { isScanned, noBurst, withKey } from '../../app/renderer/documents/grid/scanner.ts';
import { recentFirst } from '../../app/renderer/documents/picker/recent.ts';
import { choice, day, flag, link, money, price, quantity, text } from '../../shared/kernel/fields.ts';

const fields = {
  item: link('item', { required: true }),
  count: quantity({ required: true, min: 1 }),
  price: price({ min: 0 }),
  amount: money({ derived: true }),
  by: day(),
  gift: flag(),
  way: choice(['land', 'sea']),
  hiddenOne: text({ max: 10, hidden: true }),
  note: text({ max: 10 }),
};
const columns = columnsOf(fields, { isEditable: true, labelOf: (name) => name, scale: 1 });
const setting: CellSetting = {
  today: '2026-11-21',
  dayOrder: 'ymd',
  digitsOf: () => 2,
  titles: { item: { 7: 'Pen' } },
  yes: '是',
  no: '否',
  choiceLabel: (_name, value) => ({ land: '陆运', sea: '海运' })[value] ?? value,
};
const press = (key: string, keys: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  ...keys,
});

describe('moving through the lines', () => {
  const size = { rows: 10, columns: 4, page: 5 };
  test('arrows stop at the edges, Home and End go to the ends of the line, with Ctrl to the ends of the sheet', () => {
    expect(moved({ row: 0, column: 0 }, press('ArrowUp'), size)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 2, column: 1 }, press('End'), size)).toEqual({ row: 2, column: 3 });
    expect(moved({ row: 2, column: 1 }, press('End', { ctrlKey: true }), size)).toEqual({ row: 9, column: 3 });
    expect(moved({ row: 2, column: 1 }, press('PageDown'), size)).toEqual({ row: 7, column: 1 });
    expect(moved({ row: 2, column: 1 }, press('x'), size)).toBeUndefined();
  });

  test('Enter stops at what a line still needs and goes on into the next line', () => {
    const rows = [
      { id: 1, item: 7, count: 5_000_000, price: 0 },
      { id: 2, item: 7, count: 1, price: 3 },
    ];
    const stops = ({ row, column }: { row: number; column: number }) => {
      const found = columns[column];
      return found !== undefined && isNeeded(found, rows[row]);
    };
    expect(nextStop({ row: 0, column: 0 }, 1, { rows: 2, columns: columns.length }, stops)).toEqual({ row: 0, column: 1 });
    expect(nextStop({ row: 0, column: 1 }, 1, { rows: 2, columns: columns.length }, stops)).toEqual({ row: 0, column: 2 });
    expect(nextStop({ row: 0, column: 2 }, 1, { rows: 2, columns: columns.length }, stops)).toEqual({ row: 1, column: 1 });
    expect(nextStop({ row: 1, column: 1 }, 1, { rows: 2, columns: columns.length }, stops)).toBeUndefined();
  });

  test('two thousand lines are drawn a screenful at a time', () => {
    const { first, last } = visibleRows({ scrollTop: 26_000, height: 520, rowHeight: 26, rows: 2000 });
    expect(first).toBeLessThan(1000);
    expect(last).toBeGreaterThan(1019);
    expect(last - first).toBeLessThan(40);
  });

  test('keys of the grid are its own, keys of the form are not', () => {
    expect(readyCommand(press('Insert'), false)).toBe('insertLine');
    expect(readyCommand(press('Delete', { ctrlKey: true }), false)).toBe('deleteLine');
    expect(readyCommand(press('ArrowUp', { altKey: true }), false)).toBe('lineUp');
    expect(readyCommand(press('"', { ctrlKey: true, shiftKey: true }), false)).toBe('copyAbove');
    expect(readyCommand(press(' '), true)).toBe('toggle');
    expect(readyCommand(press('s', { ctrlKey: true }), false)).toBeNull();
    expect(readyCommand(press('z', { ctrlKey: true }), false)).toBeNull();
    expect(readyCommand(press('Escape'), false)).toBeNull();
    expect(editingCommand(press('Escape'))).toBe('restore');
    expect(editingCommand(press('ArrowLeft'))).toBeNull();
  });
});

describe('the columns of a part', () => {
  test('hidden fields have none, derived ones cannot be entered, and the item stays in sight', () => {
    expect(columns.map(({ name }) => name)).not.toContain('hiddenOne');
    expect(columns.find(({ name }) => name === 'amount')?.isEditable).toBe(false);
    expect(columns.filter(({ isFrozen }) => isFrozen).map(({ name }) => name)).toEqual(['item']);
    expect(scanColumns(columns)).toMatchObject({ link: { name: 'item' }, count: { name: 'count' } });
  });
});

describe('cells to and from a spreadsheet', () => {
  test('quoted cells, line ends inside cells, and the empty last row of a spreadsheet', () => {
    expect(parseCells('a\t"b\n""c"""\r\n1\t2\r\n')).toEqual([
      ['a', 'b\n"c"'],
      ['1', '2'],
    ]);
    expect(parseCells('"3" pipe"\tx')).toEqual([['"3" pipe"', 'x']]);
    expect(parseCells('x')).toEqual([['x']]);
  });

  test('what is copied is pasted as it was', () => {
    const cell = fc
      .string()
      .map((value) => value.replaceAll('\r', ''))
      .filter((value) => value === value.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const kept = rows.at(-1)?.every((value) => value === '') ? [...rows, ['end', 'x']] : rows;
        const isSafe = kept.flat().every((value) => !value.startsWith('"') || /["\t\n]/.test(value));
        fc.pre(isSafe);
        expect(parseCells(formatCells(kept))).toEqual(kept.map((row) => [...row]));
      }),
    );
  });

  test('text of every kind is read as its field means it', () => {
    expect(readCell('１２', 'count', fields.count, setting)).toEqual({ value: 12_000_000 });
    expect(readCell('1125', 'by', fields.by, setting)).toEqual({ value: '2026-11-25' });
    expect(readCell('海运', 'way', fields.way, setting)).toEqual({ value: 'sea' });
    expect(readCell('√', 'gift', fields.gift, setting)).toEqual({ value: true });
    expect(readCell('nonsense', 'by', fields.by, setting)).toEqual({ problem: 'notADay' });
    expect(readCell('far too long a note', 'note', fields.note, setting)).toEqual({ problem: 'tooLong' });
    expect(plainCell(7, 'item', fields.item, setting)).toBe('Pen');
    expect(plainCell(1_234_500_000, 'count', fields.count, setting)).toBe('1234.5');
  });

  test('unknown codes are marked cell by cell and nothing else is lost', () => {
    const cells = [
      ['P1', '3', '1.5'],
      ['P9', 'many', '2'],
    ];
    const targets = targetsAt(columns, 0, 3);
    expect(textsToFind(cells, targets)).toEqual({ item: ['P1', 'P9'] });
    const rows = readPaste(cells, targets, { item: new Map([['P1', { id: 7, title: 'Pen' }]]) }, setting);
    expect(rows).toEqual([
      { values: { item: 7, count: 3_000_000, price: 1_500_000 }, problems: {} },
      { values: { price: 2_000_000 }, problems: { 0: 'unknownCode', 1: 'notANumber' } },
    ]);
  });
});

describe('a scanner', () => {
  const typed = (gapMs: number) => [...'6901234567892'].reduce((burst, key, index) => withKey(burst, key, index * gapMs), noBurst);
  test('is told from a hand by its speed', () => {
    expect(isScanned(typed(8), '6901234567892', 12 * 8 + 8)).toBe(true);
    expect(isScanned(typed(120), '6901234567892', 12 * 120 + 120)).toBe(false);
    expect(isScanned(withKey(typed(8), 'x', 500), '6901234567892x', 505)).toBe(false);
  });
  test('a scan right after a number ended with Enter is a scan of its own', () => {
    const keys = ['4', '0', 'Enter', ...'6901234567892'];
    const burst = keys.reduce((signs, key, index) => withKey(signs, key, index * 8), noBurst);
    expect(isScanned(burst, '6901234567892', keys.length * 8)).toBe(true);
  });
  test('the Shift that a scanner sends for capitals does not break its code apart', () => {
    const keys = ['Shift', 'A', 'Shift', 'B', '1', '2', '3'];
    const burst = keys.reduce((signs, key, index) => withKey(signs, key, index * 8), noBurst);
    expect(isScanned(burst, 'AB123', keys.length * 8)).toBe(true);
  });
});

describe('rules that fill a line', () => {
  registerLineRule({ field: 'price', now: (row) => ({ note: `at ${row.price}` }) });
  const surroundings = { type: 'thing', part: 'lines', fields, head: {} };

  test('what follows at once is written with the change, but never over what was typed with it', () => {
    expect(followingNow({ id: 1 }, { price: 5 }, surroundings)).toEqual({ price: 5, note: 'at 5' });
    expect(followingNow({ id: 1 }, { price: 5, note: 'mine' }, surroundings)).toEqual({ price: 5, note: 'mine' });
  });

  test('an answer that comes late touches nothing that was typed meanwhile', () => {
    const asked = [
      { id: 1, item: 7, price: null, note: null },
      { id: 2, item: 7, price: null, note: null },
    ];
    const now = [{ id: 1, item: 7, price: 9, note: null }];
    const answer = {
      values: new Map([
        [1, { price: 5, note: 'n', item: 8, elsewhere: 1 }],
        [2, { price: 5 }],
      ]),
    };
    expect(stillWanted({ answer, asked, now, fields, except: ['item'] })).toEqual([{ row: 1, values: { note: 'n' } }]);
  });
});

test('what was picked last stands first, and what the server no longer offers is gone', () => {
  const row = (id: number) => ({ id, title: `${id}`, values: {}, titles: {} });
  expect(recentFirst([row(1), row(2), row(3)], [row(3), row(9)]).map(({ id }) => id)).toEqual([3, 1, 2]);
});
