import { labelOf, type PrintFields, type PrintValue } from '../../../shared/printing/printData.ts';
import { cellText } from '../../../shared/printing/printFormat.ts';
import type { TableBlock, TableColumn } from '../../../shared/printing/template.ts';
import { printable } from './fonts.ts';
import { linePictureNames } from './pictures.ts';
import { type Setting, said } from './setting.ts';

/** A column as it is printed: its words, its cells, and whether they must stay on one line. */
export interface ShownColumn {
  column: TableColumn;
  label: string;
  cells: string[];
  isFigure: boolean;
  isDay: boolean;
  /** The name of each line's picture, where the column shows pictures. */
  pictures: (string | undefined)[] | null;
  /** Running sums before each line and after the last, where the column is summed. */
  sums: PrintValue[] | null;
}

/** The columns that the template asks for and the reader may see, with the words of every cell. */
export function shownColumns(block: TableBlock, setting: Setting): ShownColumn[] {
  const { data, language } = setting.place;
  const names = linePictureNames(data);
  return block.columns.flatMap((column): ShownColumn[] => {
    if (column.show === 'never') return [];
    const isPosition = column.field === 'position';
    if (!isPosition && !data.lineFields.includes(column.field)) return [];
    const values = data.lines.map((line, index) => (isPosition ? ordinal(index) : own(line, column.field)));
    if (
      column.show === 'whenFilled' &&
      values.every((value) => value === undefined || (value.kind !== 'picture' && cellText(value) === ''))
    )
      return [];
    const isPictures = values.some((value) => value?.kind === 'picture');
    const label =
      column.label === undefined ? printable(labelOf(data, `line.${column.field}`, language), setting.faces) : said(column.label, setting);
    return [
      {
        column,
        label,
        cells: values.map((value) => (value === undefined || isPictures ? '' : printable(cellText(value), setting.faces))),
        isFigure: isPosition || values.some((value) => value !== undefined && figureKinds.has(value.kind)),
        isDay: values.some((value) => value?.kind === 'day'),
        pictures: isPictures ? values.map((value) => (value?.kind === 'picture' ? names.get(value.value) : undefined)) : null,
        sums: column.sum === false ? null : runningSums(values),
      },
    ];
  });
}

const figureKinds: ReadonlySet<PrintValue['kind']> = new Set(['money', 'price', 'quantity', 'rate', 'day']);

const ordinal = (index: number): PrintValue => ({ kind: 'text', value: String(index + 1) });

const own = (line: PrintFields, field: string): PrintValue | undefined => (Object.hasOwn(line, field) ? line[field] : undefined);

/** Sums before each line and after the last. Null for what is no amount, or amounts in several currencies. */
function runningSums(values: readonly (PrintValue | undefined)[]): PrintValue[] | null {
  const first = values.find((value) => value !== undefined);
  if (first === undefined || (first.kind !== 'money' && first.kind !== 'quantity')) return null;
  const currency = first.kind === 'money' ? first.currency : undefined;
  const sums: PrintValue[] = [{ ...first, value: 0 }];
  let sum = 0;
  for (const value of values) {
    if (value !== undefined && (value.kind !== first.kind || (value.kind === 'money' && value.currency !== currency))) return null;
    sum += typeof value?.value === 'number' ? value.value : 0;
    sums.push({ ...first, value: sum });
  }
  return sums;
}
