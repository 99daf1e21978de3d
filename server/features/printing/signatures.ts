import { printValueOf } from '../../../shared/printing/printData.ts';
import { spokenText } from '../../../shared/printing/printFormat.ts';
import { printWords } from '../../../shared/printing/printWords.ts';
import type { SignaturesBlock } from '../../../shared/printing/template.ts';
import { printable } from './fonts.ts';
import { beside, LINE_PITCH, type Piece, space, stacked, textLines } from './marks.ts';
import { pointsOf, type Setting, said } from './setting.ts';

interface Role {
  label: string;
  name: string;
  /** Least width that shows the label and leaves room to write. */
  need: number;
}

/** Places to sign, beside each other as far as the paper is wide enough, else in rows of equal number. */
export function signaturePieces(block: SignaturesBlock, width: number, setting: Setting): Piece[] {
  const roles = block.roles.map((role) => roleOf(role, setting));
  const gap = setting.sizePt;
  const rows = rowsOf(roles, width, gap);
  const room = space(pointsOf(block.roomTenthMm));
  return [stacked(rows.flatMap((row) => [room, rowPiece(row, width, gap, setting), space(setting.sizePt * 0.3)]))];
}

function roleOf({ label, field }: SignaturesBlock['roles'][number], setting: Setting): Role {
  const { data, language } = setting.place;
  const value = field === undefined ? undefined : printValueOf(data, field);
  const shown = `${said(label, setting)}${printWords[language].colon}`;
  const name = value === undefined ? '' : printable(spokenText(value, language), setting.faces);
  const face = setting.faces.regular;
  const room = Math.max(setting.sizePt * 4, Math.min(face.widthOf(name, setting.sizePt), setting.sizePt * 8) + 4);
  return { label: shown, name, need: face.widthOf(shown, setting.sizePt) + room };
}

function rowsOf(roles: readonly Role[], width: number, gap: number): Role[][] {
  for (let rows = 1; rows < roles.length; rows += 1) {
    const perRow = Math.ceil(roles.length / rows);
    const split = Array.from({ length: rows }, (_, row) => roles.slice(row * perRow, (row + 1) * perRow));
    if (split.every((row) => needOf(row, gap) <= width)) return split;
  }
  return roles.map((role) => [role]);
}

const needOf = (row: readonly Role[], gap: number) => row.reduce((sum, role) => sum + role.need + gap, -gap);

/** What is to spare is divided alike. */
function rowPiece(row: readonly Role[], width: number, gap: number, setting: Setting): Piece {
  const spare = Math.max(0, width - needOf(row, gap)) / row.length;
  let left = 0;
  const parts = row.map((role) => {
    const part = { x: left, piece: signature(role, Math.min(width, role.need + spare), setting) };
    left += role.need + spare + gap;
    return part;
  });
  return beside(parts);
}

/** Label, name as far as it is known, and a line to write on. */
function signature(role: Role, width: number, setting: Setting): Piece {
  const labelWidth = Math.min(setting.faces.regular.widthOf(role.label, setting.sizePt), width * 0.75);
  const style = { sizePt: setting.sizePt };
  const text = beside([
    { x: 0, piece: stacked(textLines(role.label, labelWidth + 0.5, style, setting)) },
    { x: labelWidth + 3, piece: stacked(textLines(role.name, Math.max(1, width - labelWidth - 3), style, setting)) },
  ]);
  const { widthPt, color } = setting.stroke;
  const lineAt = setting.sizePt * LINE_PITCH;
  return {
    height: text.height,
    paint: (x, y) => [
      ...text.paint(x, y),
      { kind: 'line', x1: x + labelWidth, y1: y + lineAt, x2: x + width, y2: y + lineAt, widthPt, color },
    ],
  };
}
