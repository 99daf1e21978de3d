import { mergesNothing } from '../../../shared/printing/mergeText.ts';
import type { LetterheadBlock } from '../../../shared/printing/template.ts';
import { beside, type Piece, space, stacked, textLines } from './marks.ts';
import { pointsOf, type Setting, said } from './setting.ts';

const LOGO = { heightTenthMm: 140, widthMaxTenthMm: 420 } as const;

/** The company at the head of the paper. Facts it has not given leave no empty label behind. */
export function letterheadPieces(block: LetterheadBlock, width: number, setting: Setting): Piece[] {
  const logo = block.showLogo ? logoPiece(setting) : null;
  const indent = logo === null ? 0 : logo.width + setting.sizePt * 1.2;
  const textWidth = width - indent;
  const name = said(block.name, setting);
  const small = setting.sizePt * 0.85;
  const lines = [
    ...textLines(name, textWidth, { sizePt: setting.sizePt * 1.5, bold: true, align: block.align }, setting),
    ...packedFacts(block, textWidth, small, setting).flatMap((line) =>
      textLines(
        line,
        textWidth,
        { sizePt: small, align: block.align, color: setting.template.look === 'plain' ? undefined : '#4a5560' },
        setting,
      ),
    ),
  ];
  const text = stacked(lines);
  const textDrop = Math.max(0, ((logo?.piece.height ?? 0) - text.height) / 2);
  const head = beside([...(logo === null ? [] : [{ x: 0, piece: logo.piece }]), { x: indent, piece: stacked([space(textDrop), text]) }]);
  return [setting.template.look === 'plain' ? head : underlined(head, width)];
}

function logoPiece(setting: Setting): { width: number; piece: Piece } | null {
  const logo = setting.pictures.get('company.logo');
  if (logo === undefined) return null;
  const scale = Math.min(pointsOf(LOGO.heightTenthMm) / logo.heightPx, pointsOf(LOGO.widthMaxTenthMm) / logo.widthPx);
  const [width, height] = [logo.widthPx * scale, logo.heightPx * scale];
  return { width, piece: { height, paint: (x, y) => [{ kind: 'picture', x, y, width, height, name: 'company.logo' }] } };
}

/** The facts beside each other, as many on a line as it holds. */
function packedFacts(block: LetterheadBlock, width: number, sizePt: number, setting: Setting): string[] {
  const facts = block.lines.filter((line) => !mergesNothing(line, setting.place)).map((line) => said(line, setting));
  const gap = setting.place.language === 'en' ? '   ' : '　';
  const lines: string[] = [];
  for (const fact of facts) {
    const joined = `${lines.at(-1)}${gap}${fact}`;
    const fits = lines.length > 0 && setting.faces.regular.widthOf(joined, sizePt) <= width;
    if (fits) lines[lines.length - 1] = joined;
    else lines.push(fact);
  }
  return lines;
}

function underlined(head: Piece, width: number): Piece {
  const at = head.height + 5;
  return {
    height: at + 8,
    paint: (x, y) => [...head.paint(x, y), { kind: 'line', x1: x, y1: y + at, x2: x + width, y2: y + at, widthPt: 1, color: '#3c4650' }],
  };
}
