import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Block, TableBlock } from '../../../shared/printing/template.ts';
import { piecesOf } from './blocks.ts';
import { type LineTable, lineTable } from './lineTable.ts';
import { heightOf, type Mark, type Piece } from './marks.ts';
import { marginMarks } from './pageMargins.ts';
import { contentWidthOf, type Setting } from './setting.ts';

export const PAGES_MAX = 2000;

/**
 * The pages of a print. Each begins with the blocks above the lines that stand on every page and ends with those below
 * that do; a row, a total and a signature are never cut by the end of a page. Refuses 'print.noRoom' when the
 * repeated parts leave no room for a single line, 'print.tooLong' above 2,000 pages.
 */
export function composePages(setting: Setting): Mark[][] {
  const flow = new Flow(setting);
  const { blocks } = setting.template;
  const at = blocks.findIndex((block) => block.kind === 'table');
  const table = blocks[at];
  const above = at < 0 ? blocks : blocks.slice(0, at);
  const below = at < 0 ? [] : blocks.slice(at + 1);
  flow.head = piecesOn('everyPage', above, setting);
  flow.foot = piecesOn('everyPage', below, setting);
  flow.placeFirstHead(above.flatMap((block) => (isTable(block) ? [] : piecesOf(block, flow.width, setting))));
  if (table?.kind === 'table') placeLines(flow, table, setting);
  flow.placeAll(piecesOn('once', below, setting));
  const pages = flow.finish();
  return pages.map((marks, index) => [...marks, ...marginMarks({ number: index + 1, count: pages.length }, setting)]);
}

function piecesOn(pages: 'everyPage' | 'once', blocks: readonly Block[], setting: Setting): Piece[] {
  return blocks.flatMap((block) =>
    isTable(block) || (block.onEveryPage === true) !== (pages === 'everyPage') ? [] : piecesOf(block, contentWidthOf(setting), setting),
  );
}

const isTable = (block: Block): block is TableBlock => block.kind === 'table';

/** Puts pieces under each other and turns to a new page when one does not fit. */
class Flow {
  readonly width: number;
  head: Piece[] = [];
  foot: Piece[] = [];
  private readonly setting: Setting;
  private readonly pages: Mark[][] = [];
  private placed: { piece: Piece; y: number }[] = [];
  private y: number;
  private headEnd: number;

  constructor(setting: Setting) {
    this.setting = setting;
    this.width = contentWidthOf(setting);
    this.y = setting.margins.top;
    this.headEnd = this.y;
  }

  /** What is left on this page above the repeated foot. */
  get room(): number {
    return this.setting.sheet.height - this.setting.margins.bottom - heightOf(this.foot) - this.y;
  }

  /** What a fresh page offers under its head. */
  get roomOfFreshPage(): number {
    return this.setting.sheet.height - this.setting.margins.bottom - this.setting.margins.top - heightOf(this.head) - heightOf(this.foot);
  }

  /** The head of the first page, which carries more than the others and may itself run over. */
  placeFirstHead(pieces: readonly Piece[]): void {
    if (this.roomOfFreshPage < this.setting.sizePt * 3) throw new Refusal('print.noRoom');
    for (const piece of pieces) {
      if (piece.height > this.room) this.turn();
      this.place(piece);
    }
    this.headEnd = this.y;
  }

  place(piece: Piece): void {
    this.placed.push({ piece, y: this.y });
    this.y += piece.height;
  }

  placeAll(pieces: readonly Piece[]): void {
    for (const [index, piece] of pieces.entries()) {
      if (heightOf(togetherFrom(pieces, index)) > this.room) this.turnFor(pieces, index);
      this.place(piece);
    }
  }

  /** Ends this page and begins the next with the repeated head. */
  turn(): void {
    this.endPage();
    this.y = this.setting.margins.top;
    for (const piece of this.head) this.place(piece);
    this.headEnd = this.y;
  }

  finish(): Mark[][] {
    this.endPage();
    return this.pages;
  }

  /** A group that no page could hold is not kept together: it turns the page only where a piece itself must. */
  private turnFor(pieces: readonly Piece[], index: number): void {
    const together = heightOf(togetherFrom(pieces, index));
    const must = (pieces[index]?.height ?? 0) > this.room;
    const isFresh = this.y <= this.headEnd;
    if (!isFresh && (must || together <= this.roomOfFreshPage)) this.turn();
  }

  private endPage(): void {
    for (const piece of this.foot) this.place(piece);
    this.pages.push(this.placed.flatMap(({ piece, y }) => piece.paint(this.setting.margins.left, y)));
    this.placed = [];
    if (this.pages.length > PAGES_MAX) throw new Refusal('print.tooLong', { pagesMax: PAGES_MAX });
  }
}

/** The pieces that go to the same page as this one. */
function togetherFrom(pieces: readonly Piece[], index: number): Piece[] {
  let end = index;
  while (pieces[end]?.keepWithNext === true && end + 1 < pieces.length) end += 1;
  return pieces.slice(index, end + 1);
}

/** The rows, page by page, with what was carried forward above and the sums of the page below them. */
function placeLines(flow: Flow, block: TableBlock, setting: Setting): void {
  const table = lineTable(block, flow.width, setting);
  const count = setting.place.data.lines.length;
  const sums = sumsOf(block, table);
  const reserve = sums.height;
  const rowRoomMin = table.blank.height;
  if (flow.roomOfFreshPage < table.head.height + reserve + rowRoomMin) throw new Refusal('print.noRoom');
  if (flow.room < table.head.height + reserve + rowRoomMin) flow.turn();
  flow.place(table.head);
  const rowRoomFresh = flow.roomOfFreshPage - table.head.height - reserve;
  let rowsOnPage = 0;
  let firstOnPage = 0;
  let pages = 1;
  const turn = (upTo: number) => {
    sums.placePageSubtotal(flow, firstOnPage, upTo);
    flow.turn();
    flow.place(table.head);
    sums.placeCarried(flow, upTo);
    [rowsOnPage, firstOnPage, pages] = [0, upTo, pages + 1];
  };
  for (const [index, row] of table.rows.entries()) {
    const parts = row.piece.height > rowRoomFresh ? row.split(rowRoomFresh) : [row.piece];
    for (const part of parts) {
      const isFull = rowsOnPage === block.rowsPerPage || part.height + reserve > flow.room;
      if (isFull && rowsOnPage > 0) turn(index);
      flow.place(part);
      rowsOnPage += 1;
    }
  }
  const blanks = (block.rowsPerPage ?? 0) - rowsOnPage;
  for (let blank = 0; blank < blanks && table.blank.height + reserve <= flow.room; blank += 1) flow.place(table.blank);
  if (pages > 1) sums.placePageSubtotal(flow, firstOnPage, count);
  sums.placeTotal(flow, count);
}

interface Sums {
  /** Room that the rows of a page must leave for sums at its foot. */
  height: number;
  placePageSubtotal(flow: Flow, from: number, to: number): void;
  placeCarried(flow: Flow, to: number): void;
  placeTotal(flow: Flow, to: number): void;
}

function sumsOf(block: TableBlock, table: LineTable): Sums {
  const place = (flow: Flow, piece: Piece | null) => {
    if (piece !== null) flow.place(piece);
  };
  const wanted = (isWanted: boolean | undefined, piece: () => Piece | null) => (isWanted === true ? piece() : null);
  const one = table.sumRow('total', { from: 0, to: 0 })?.height ?? 0;
  return {
    height: (block.pageSubtotal === true ? one : 0) + (block.totalRow === true ? one : 0),
    placePageSubtotal: (flow, from, to) => place(flow, wanted(block.pageSubtotal, () => table.sumRow('pageSubtotal', { from, to }))),
    placeCarried: (flow, to) => place(flow, wanted(block.carryOver, () => table.sumRow('carriedForward', { from: 0, to }))),
    placeTotal: (flow, to) => place(flow, wanted(block.totalRow, () => table.sumRow('total', { from: 0, to }))),
  };
}
