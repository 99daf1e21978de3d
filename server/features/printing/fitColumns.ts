import { Refusal } from '../../../shared/kernel/refusal.ts';
import { cellText } from '../../../shared/printing/printFormat.ts';
import type { ShownColumn } from './lineTable.ts';
import { pointsOf, type Setting } from './setting.ts';
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
    if (sum(needs) <= width) return { widths: shareOut(columns, needs, width), sizePt, padding, paddingAbove: sizePt * 0.2 };
  }
  throw new Refusal('print.tooNarrow', { columns: columns.length });
}

/** The least a column can do with: whole figures, whole words of the head, and a few characters of text. */
function needOf({ label, cells, isFigure, sums }: ShownColumn, sizePt: number, setting: Setting): number {
  const { regular, bold } = setting.faces;
  const head = Math.max(0, ...wordsOf(label).map((word) => bold.widthOf(word.trimEnd(), sizePt)));
  const widest = cells.reduce((most, cell) => Math.max(most, regular.widthOf(cell, sizePt)), 0);
  if (!isFigure) return Math.max(head, Math.min(widest, sizePt * 5));
  const summed = (sums ?? []).reduce((most, one) => Math.max(most, bold.widthOf(cellText(one), sizePt)), 0);
  return Math.max(head, widest, summed);
}

/** What is left beyond the needs goes first to the wished widths, then by share, then to all alike. */
function shareOut(columns: readonly ShownColumn[], needs: readonly number[], width: number): number[] {
  const wishes = columns.map(({ column }, index) =>
    Math.max(needs[index] ?? 0, column.widthTenthMm === undefined ? 0 : pointsOf(column.widthTenthMm)),
  );
  const spare = width - sum(needs);
  const wished = sum(wishes) - sum(needs);
  if (wished > spare) return needs.map((need, index) => need + (((wishes[index] ?? 0) - need) * spare) / wished);
  const shares = columns.map(({ column }) => (column.widthTenthMm === undefined ? (column.share ?? 1) : 0));
  if (sum(shares) === 0) return wishes.map((wish) => (wish * width) / sum(wishes));
  return byShare(wishes, shares, width);
}

/** Columns with a share divide what the others leave; one that needs more than its share keeps its need. */
function byShare(wishes: readonly number[], shares: readonly number[], width: number): number[] {
  const sharing = new Set(shares.flatMap((share, index) => (share > 0 ? [index] : [])));
  for (;;) {
    const taken = sum(wishes.filter((_, index) => !sharing.has(index)));
    const unit = (width - taken) / sum(shares.filter((_, index) => sharing.has(index)));
    const short = [...sharing].filter((index) => (shares[index] ?? 0) * unit < (wishes[index] ?? 0) - 0.01);
    if (short.length === 0) return wishes.map((wish, index) => (sharing.has(index) ? (shares[index] ?? 0) * unit : wish));
    for (const index of short) sharing.delete(index);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
