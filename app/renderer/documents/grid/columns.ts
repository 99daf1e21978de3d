import type { WireField } from '../../../../shared/contracts/wire.ts';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { textWidthPx } from '../../ui/textWidth.ts';
import { isGiven, isWritable } from '../form/input.ts';
import { isNumberField } from '../form/inputs/numberText.ts';

export interface Column {
  readonly name: string;
  readonly field: WireField;
  readonly label: string;
  readonly left: number;
  readonly width: number;
  /** Stays in sight when the grid is scrolled sideways. */
  readonly isFrozen: boolean;
  /** Stays in sight at the right edge: what the line comes to. */
  readonly isFrozenEnd: boolean;
  readonly isEditable: boolean;
  readonly isNumber: boolean;
}

/** The column with the numbers of the rows. */
export const numberWidth = 40;

/** The columns of a part: every field a person may see that is not hidden; the first link and the line's total stay in sight. */
export function columnsOf(
  fields: Readonly<Record<string, WireField>>,
  of: { isEditable: boolean; labelOf: (name: string) => string; scale: number },
): Column[] {
  let left = numberWidth;
  const shown = Object.entries(fields).filter(([, field]) => !field.hidden);
  const frozen = shown[0]?.[1].kind === 'link' ? shown[0][0] : undefined;
  const hasThing = shown.some(([, field]) => field.kind === 'link' && field.required);
  const total = shown.filter(([, field]) => field.kind === 'money' && field.derived && field.in !== 'base').at(-1)?.[0];
  return shown.map(([name, field]) => {
    const isEditable = of.isEditable && isWritable(field) && field.kind !== 'instant';
    const headPx = headWidthPx(of.labelOf(name), isEditable && field.required === true);
    const width = Math.round(Math.max(widthOf(field), headPx) * of.scale);
    const column = {
      name,
      field,
      label: of.labelOf(name),
      left,
      width,
      isFrozen: name === frozen,
      isFrozenEnd: hasThing && name === total,
      isEditable,
      isNumber: isNumberField(field),
    };
    left += width;
    return column;
  });
}

/**
 * Whether Enter stops at a cell: at what is still empty of the things a line needs, and at required numbers, which are looked at
 * even when something stands there.
 */
export function isNeeded(column: Column, row: AnyRow | undefined): boolean {
  if (!column.isEditable) return false;
  const value = row?.[column.name];
  const isEmpty = !isGiven(value) || (column.isNumber && value === 0);
  if (column.field.required) return isEmpty || column.isNumber;
  return isEmpty && (column.field.kind === 'price' || column.field.kind === 'money');
}

/** Columns that are added up below the lines. */
export const isSummed = (column: Column): boolean => column.field.kind === 'money' || column.field.kind === 'quantity';

/** The link that makes a line, and the number that a repeated scan raises. */
export function scanColumns(columns: readonly Column[]): { link: Column; count: Column } | null {
  const link = columns.find((column) => column.field.kind === 'link' && column.field.required && column.isEditable);
  const count = columns.find((column) => column.field.kind === 'quantity' && column.field.required && column.isEditable);
  return link && count ? { link, count } : null;
}

/** What the name of a column needs, with the star before what must be filled in. */
const headWidthPx = (label: string, hasStar: boolean): number => Math.min(160, textWidthPx(label, 14) + 15 + (hasStar ? 9 : 0));

function widthOf(field: WireField): number {
  switch (field.kind) {
    case 'link':
      return field.required ? 150 : 96;
    case 'text':
      return field.max <= 20 ? 52 : field.max <= 60 ? 128 : 116;
    case 'note':
      return 180;
    case 'quantity':
      return 78;
    case 'price':
      return 98;
    case 'rate':
      return 60;
    case 'money':
      return 98;
    case 'exchangeRate':
      return 96;
    case 'flag':
      return 46;
    case 'instant':
      return 130;
    default:
      return 92;
  }
}
