import { Refusal } from '../../../shared/kernel/refusal.ts';
import { heightOf, type Mark, type Piece } from './marks.ts';
import { contentWidthOf, type Setting } from './setting.ts';

const PAGES_MAX = 2000;

/** Puts pieces under each other and turns to a new page when one does not fit. */
export class Flow {
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

/** The pieces that go to the same page as the one at `index`. */
export function togetherFrom(pieces: readonly Piece[], index: number): Piece[] {
  let end = index;
  while (pieces[end]?.keepWithNext === true && end + 1 < pieces.length) end += 1;
  return pieces.slice(index, end + 1);
}
