import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { TableBlock } from '../../../shared/printing/template.ts';
import { type LineTable, lineTable, type TableRow } from './lineTable.ts';
import { heightOf, type Piece, space } from './marks.ts';
import { type Flow, togetherFrom } from './pageFlow.ts';
import type { Setting } from './setting.ts';

/**
 * The rows, page by page, with what was carried forward above and the sums of the page below them. The last row goes
 * to the page of what comes `after` the table, so that no total and no signature stands on a sheet without goods.
 * Refuses 'print.noRoom' when a page has no room for a single row.
 */
export function placeLines(flow: Flow, { block, after }: { block: TableBlock; after: readonly Piece[] }, setting: Setting): void {
  const table = lineTable(block, flow.width, setting);
  const gap = space(setting.sizePt * 0.35);
  const reserve = reserveOf(block, table, gap.height);
  if (flow.roomOfFreshPage < table.head.height + reserve.last + table.blank.height) throw new Refusal('print.noRoom');
  if (flow.room < table.head.height + reserve.last + table.blank.height) flow.turn();
  flow.place(table.head);
  const roomOfFreshPage = flow.roomOfFreshPage - table.head.height - reserve.last - reserve.carried;
  const parts = table.rows.flatMap((row, index) => partsOf(row, roomOfFreshPage).map((piece) => ({ piece, index })));
  const company = companyOf(after, roomOfFreshPage - (parts.at(-1)?.piece.height ?? 0));
  const page = { rows: 0, from: 0, count: 1 };
  for (const [at, { piece, index }] of parts.entries()) {
    const needed = piece.height + (at === parts.length - 1 ? reserve.last + company : reserve.page);
    if (page.rows > 0 && (page.rows === block.rowsPerPage || needed > flow.room)) {
      place(flow, pageSubtotal(block, table, page.from, index));
      flow.place(gap);
      flow.turn();
      flow.place(table.head);
      if (block.carryOver === true) place(flow, table.sumRow('carriedForward', { from: 0, to: index }));
      Object.assign(page, { rows: 0, from: index, count: page.count + 1 });
    }
    flow.place(piece);
    page.rows += 1;
  }
  fillWithBlanks(flow, { table, missing: (block.rowsPerPage ?? 0) - page.rows, reserve: reserve.last + company });
  const count = setting.place.data.lines.length;
  // On a single page the subtotal would only say the total twice.
  if (page.count > 1) place(flow, pageSubtotal(block, table, page.from, count));
  if (block.totalRow === true) place(flow, table.sumRow('total', { from: 0, to: count }));
  flow.place(gap);
}

/** Room that rows must leave at the foot of their page: on pages that go on, on the last one, and above for what is carried. */
function reserveOf(block: TableBlock, table: LineTable, gap: number): { page: number; last: number; carried: number } {
  const one = table.sumRow('total', { from: 0, to: 0 })?.height ?? 0;
  const page = (block.pageSubtotal === true ? one : 0) + gap;
  return { page, last: page + (block.totalRow === true ? one : 0), carried: block.carryOver === true ? one : 0 };
}

/** Totals, terms and signatures up to this height stay together; longer endings, such as clauses, may go on overleaf. */
const ENDING_MAX_PT = 240;

/** How much of what comes after the table the last row takes along: all of it, or else its beginning, or nothing. */
function companyOf(after: readonly Piece[], room: number): number {
  const whole = heightOf(after);
  if (whole <= Math.min(ENDING_MAX_PT, room)) return whole;
  const beginning = heightOf(togetherFrom(after, 0));
  return beginning <= room ? beginning : 0;
}

/** A row stays whole unless no page could hold it. */
const partsOf = (row: TableRow, heightMax: number): Piece[] => (row.piece.height > heightMax ? row.split(heightMax) : [row.piece]);

function pageSubtotal(block: TableBlock, table: LineTable, from: number, to: number): Piece | null {
  return block.pageSubtotal === true ? table.sumRow('pageSubtotal', { from, to }) : null;
}

function fillWithBlanks(flow: Flow, { table, missing, reserve }: { table: LineTable; missing: number; reserve: number }): void {
  for (let blank = 0; blank < missing && table.blank.height + reserve <= flow.room; blank += 1) flow.place(table.blank);
}

function place(flow: Flow, piece: Piece | null): void {
  if (piece !== null) flow.place(piece);
}
