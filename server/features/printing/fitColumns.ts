import { Refusal } from '../../../shared/kernel/refusal.ts';
import { cellText } from '../../../shared/printing/printFormat.ts';
import { pointsOf, type Setting } from './setting.ts';
import type { ShownColumn } from './shownColumns.ts';
import { wordsOf } from './wrapText.ts';

/** How wide each column is, and the print that makes it possible. Points. */
export interface FittedColumns {
  widths: number[];
  sizePt: number;
  /** Between the grid and the text, at the sides and above. */
  padding: number;
  paddingAbove: number;
}

const SMALLEST_PT = 4.5;

/** The height of the picture of a line, and the least width of its column: 12 mm. */
export const LINE_PICTURE_PT = 34;

/**
 * Shares out the width. A column of figures never gets less than its widest figure, so that no amount is cut or
 * broken over two lines; words give way and wrap. Where even that is too wide the lines are printed smaller.
 * Refuses 'print.tooNarrow' below 4.5 points.
 */
export function fitColumns(columns: readonly ShownColumn[], width: number, setting: Setting): FittedColumns {
  if (columns.length === 0) throw new Refusal('print.noColumns');
  for (let sizePt = setting.sizePt; sizePt >= SMALLEST_PT; sizePt -= 0.5) {
    const padding = sizePt * 0.35;
    const needs = columns.map((column) => needOf(column, sizePt, setting) + 2 * padding);
    if (sum(needs) > width) continue;
    const naturals = columns.map((column) => widestOf(column, sizePt, setting) + 2 * padding);
    return { widths: shareOut(columns, needs, width, naturals), sizePt, padding, paddingAbove: sizePt * 0.2 };
  }
  throw new Refusal('print.tooNarrow', { columns: columns.length });
}

/** The least a column can do with: whole figures, whole words of the head, and a few characters of text. */
function needOf(column: ShownColumn, sizePt: number, setting: Setting): number {
  const head = headWidth(column.label, sizePt, setting);
  if (column.pictures) return Math.max(head, LINE_PICTURE_PT);
  if (isEmpty(column)) return head;
  const widest = widestOf(column, sizePt, setting);
  return column.isFigure ? Math.max(head, widest) : Math.max(head, Math.min(widest, sizePt * 5));
}

const isEmpty = ({ cells }: ShownColumn): boolean => cells.every((cell) => cell === '');

/** A short head stays on one line; of a longer one no word is broken. */
function headWidth(label: string, sizePt: number, { faces }: Setting): number {
  const whole = faces.bold.widthOf(label, sizePt);
  if (whole <= sizePt * 4.2) return whole;
  return Math.max(...wordsOf(label).map((word) => faces.bold.widthOf(word.trimEnd(), sizePt)));
}

/** What it would take to wrap nothing in the column but its head. */
function widestOf(column: ShownColumn, sizePt: number, setting: Setting): number {
  const { regular, bold } = setting.faces;
  // A column without a word in it is there to be written in by hand.
  const byHand = column.pictures ? LINE_PICTURE_PT : isEmpty(column) ? sizePt * 5 : 0;
  const widest = column.cells.reduce((most, cell) => Math.max(most, regular.widthOf(cell, sizePt)), byHand);
  return (column.sums ?? []).reduce((most, one) => Math.max(most, bold.widthOf(cellText(one), sizePt)), widest);
}

/** What is left beyond the needs goes first to the wished widths, then to the columns with a share. */
function shareOut(columns: readonly ShownColumn[], needs: readonly number[], width: number, naturals: readonly number[]): number[] {
  const wishes = columns.map(({ column }, index) =>
    Math.max(needs[index] ?? 0, column.widthTenthMm === undefined ? 0 : pointsOf(column.widthTenthMm)),
  );
  const spare = width - sum(needs);
  const wished = sum(wishes) - sum(needs);
  if (wished > spare) return needs.map((need, index) => need + (((wishes[index] ?? 0) - need) * spare) / wished);
  const shares = columns.map(({ column }) => (column.widthTenthMm === undefined ? (column.share ?? 1) : 0));
  if (sum(shares) === 0) return wishes.map((wish) => (wish * width) / sum(wishes));
  const parts = wishes.map((least, index) => ({ least, share: shares[index] ?? 0, most: Math.max(least, naturals[index] ?? 0) }));
  return byShare(parts, width);
}

interface Part {
  least: number;
  /** 0 keeps the least. */
  share: number;
  /** More than this it has no use for, as long as another part has. */
  most: number;
}

function byShare(parts: readonly Part[], width: number): number[] {
  const widthsAt = (unit: number) =>
    parts.map((part) => (part.share === 0 ? part.least : Math.min(part.most, Math.max(part.least, part.share * unit))));
  const enough = widthsAt(width);
  const over = width - sum(enough);
  if (over >= 0) return enough.map((one, index) => one + (over * (parts[index]?.share ?? 0)) / sum(parts.map((part) => part.share)));
  // The widths grow with the unit, so halving finds the one that fills the paper.
  let [low, high] = [0, width];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (sum(widthsAt(middle)) > width) high = middle;
    else low = middle;
  }
  return widthsAt(low);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
