import type { Typeface } from './fonts.ts';
import type { Setting } from './setting.ts';
import { wrapText } from './wrapText.ts';

/** What is on a page in the end, in points from its upper left corner. */
export type Mark =
  | { kind: 'text'; x: number; y: number; text: string; sizePt: number; bold: boolean; color?: string }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; widthPt: number; color: string }
  | { kind: 'fill'; x: number; y: number; width: number; height: number; color: string }
  | { kind: 'picture'; x: number; y: number; width: number; height: number; name: string };

/** Something of a known height that is never cut by the end of a page. */
export interface Piece {
  height: number;
  /** Moves to the next page together with the piece after it. */
  keepWithNext?: boolean;
  paint(x: number, y: number): Mark[];
}

export type Align = 'left' | 'center' | 'right';

export interface TextStyle {
  sizePt: number;
  bold?: boolean;
  align?: Align;
  color?: string;
}

/** Height of a line of text as a multiple of its size. */
export const LINE_PITCH = 1.4;

/** A text wrapped to a width, one piece per line. */
export function textLines(text: string, width: number, style: TextStyle, setting: Setting): Piece[] {
  const face = faceOf(style, setting);
  return wrapText(text, { face, sizePt: style.sizePt, widthPt: width }).map((line) => linePiece(line, width, style, face));
}

export function faceOf(style: TextStyle, setting: Setting): Typeface {
  return style.bold === true ? setting.faces.bold : setting.faces.regular;
}

/** One line of text that stands in a box of `width`. */
export function linePiece(text: string, width: number, style: TextStyle, face: Typeface): Piece {
  const height = style.sizePt * LINE_PITCH;
  const indent = indentOf(face.widthOf(text, style.sizePt), width, style.align ?? 'left');
  return {
    height,
    paint: (x, y) =>
      text === '' ? [] : [{ kind: 'text', x: x + indent, y, text, sizePt: style.sizePt, bold: style.bold === true, color: style.color }],
  };
}

/** Pieces on top of each other as one piece. */
export function stacked(pieces: readonly Piece[], gapBelow = 0): Piece {
  return {
    height: heightOf(pieces) + gapBelow,
    paint: (x, y) => {
      let top = y;
      return pieces.flatMap((piece) => {
        const marks = piece.paint(x, top);
        top += piece.height;
        return marks;
      });
    },
  };
}

/** Pieces beside each other, each at its own distance from the left, as high as the highest. */
export function beside(parts: readonly { x: number; piece: Piece }[]): Piece {
  return {
    height: Math.max(0, ...parts.map((part) => part.piece.height)),
    paint: (x, y) => parts.flatMap((part) => part.piece.paint(x + part.x, y)),
  };
}

export const heightOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.height, 0);

export const space = (height: number): Piece => ({ height, paint: () => [] });

export function indentOf(textWidth: number, width: number, align: Align): number {
  if (align === 'left') return 0;
  return align === 'right' ? width - textWidth : (width - textWidth) / 2;
}
