import { mergesNothing, mergeText, moneyInWords } from '../../../shared/printing/mergeText.ts';
import { labelOf, valueOf } from '../../../shared/printing/printData.ts';
import { spokenText } from '../../../shared/printing/printFormat.ts';
import { printWords } from '../../../shared/printing/printWords.ts';
import type {
  Block,
  ClausesBlock,
  FieldsBlock,
  HeadField,
  PictureBlock,
  PrintText,
  SideBySideBlock,
  SignaturesBlock,
  TableBlock,
  TextBlock,
  TitleBlock,
  TotalsBlock,
  WordsBlock,
} from '../../../shared/printing/template.ts';
import { printable } from './fonts.ts';
import { letterheadPieces } from './letterhead.ts';
import { beside, faceOf, indentOf, LINE_PITCH, linePiece, type Piece, space, stacked, textLines } from './marks.ts';
import { pointsOf, type Setting } from './setting.ts';

/** What a block, other than the lines themselves, puts on paper of this width; nothing where the data has nothing for it. */
export function piecesOf(block: Exclude<Block, TableBlock>, width: number, setting: Setting): Piece[] {
  switch (block.kind) {
    case 'letterhead':
      return letterheadPieces(block, width, setting);
    case 'title':
      return titlePieces(block, width, setting);
    case 'fields':
      return fieldsPieces(block, width, setting);
    case 'totals':
      return totalsPieces(block, width, setting);
    case 'words':
      return wordsPieces(block, width, setting);
    case 'clauses':
      return clausesPieces(block, width, setting);
    case 'text':
      return textPieces(block, width, setting);
    case 'signatures':
      return signaturePieces(block, width, setting);
    case 'picture':
      return picturePieces(block, width, setting);
    case 'space':
      return [space(pointsOf(block.heightTenthMm))];
    case 'rule':
      return [rule(width, setting)];
    case 'sideBySide':
      return sideBySidePieces(block, width, setting);
  }
}

/** A template's text, merged and fit to print. */
export const said = (text: PrintText | undefined, setting: Setting): string =>
  printable(mergeText(text, setting.place), setting.faces);

function titlePieces(block: TitleBlock, width: number, setting: Setting): Piece[] {
  const size = setting.sizePt * 1.75;
  const title = textLines(said(block.text, setting), width, { sizePt: size, bold: true, align: 'center' }, setting);
  const aside = said(block.aside, setting);
  const asideStyle = { sizePt: setting.sizePt, align: 'right' } as const;
  const asidePieces = aside === '' ? [] : textLines(aside, width, asideStyle, setting);
  const asideDrop = Math.max(0, size - setting.sizePt) * LINE_PITCH;
  return [
    beside([
      { x: 0, piece: stacked(title, setting.sizePt * 0.45) },
      { x: 0, piece: stacked([space(asideDrop), ...asidePieces]) },
    ]),
  ];
}

function fieldsPieces(block: FieldsBlock, width: number, setting: Setting): Piece[] {
  const gap = setting.sizePt * 1.5;
  const columnWidth = (width - gap * (block.columns - 1)) / block.columns;
  const narrow = block.fields.filter((field) => field.wide !== true);
  const columns = Array.from({ length: block.columns }, (_, column) =>
    factsOf(narrow.filter((_field, index) => index % block.columns === column), setting),
  );
  const columnPieces = columns.map((facts) => factPieces(facts, columnWidth, setting));
  const rows = Math.max(...columnPieces.map((pieces) => pieces.length));
  const grid = Array.from({ length: rows }, (_, row) =>
    beside(columnPieces.map((pieces, column) => ({ x: column * (columnWidth + gap), piece: pieces[row] ?? space(0) }))),
  );
  const wide = factsOf(block.fields.filter((field) => field.wide === true), setting);
  const labelWidth = Math.max(0, ...[...(columns[0] ?? []), ...wide].map((fact) => labelWidthOf(fact.label, setting)));
  const pieces = [...grid, ...factPieces(wide, width, setting, labelWidth)];
  return pieces.length === 0 ? [] : [...pieces, space(setting.sizePt * 0.5)];
}

interface Fact {
  label: string;
  value: string;
}

/** The fields that have a value, in words. */
function factsOf(fields: readonly HeadField[], setting: Setting): Fact[] {
  const { data, language } = setting.place;
  return fields.flatMap(({ field, label }) => {
    const value = valueOf(data, field);
    const text = value === undefined ? '' : printable(spokenText(value, language), setting.faces);
    if (text === '') return [];
    const name = label === undefined ? printable(labelOf(data, field, language), setting.faces) : said(label, setting);
    return [{ label: `${name}${printWords[language].colon}`, value: text }];
  });
}

/** Labels in one column, values beginning at the same distance, wrapped beside their label. */
function factPieces(facts: readonly Fact[], width: number, setting: Setting, labelWidth = widestLabel(facts, setting)): Piece[] {
  const style = { sizePt: setting.sizePt };
  const label = Math.min(labelWidth, width / 2);
  return facts.map((fact) =>
    beside([
      { x: 0, piece: stacked(textLines(fact.label, label, { ...style, color: labelColor(setting) }, setting)) },
      { x: label, piece: stacked(textLines(fact.value, width - label, style, setting)) },
    ]),
  );
}

const widestLabel = (facts: readonly Fact[], setting: Setting) =>
  Math.max(0, ...facts.map((fact) => labelWidthOf(fact.label, setting)));

const labelWidthOf = (label: string, setting: Setting) => setting.faces.regular.widthOf(label, setting.sizePt) + 0.5;

const labelColor = (setting: Setting) => (setting.template.look === 'plain' ? undefined : '#4a5560');

function totalsPieces(block: TotalsBlock, width: number, setting: Setting): Piece[] {
  const { data, language } = setting.place;
  const rows = block.rows.flatMap((row) => {
    const value = valueOf(data, row.field);
    return value === undefined ? [] : [{ ...row, figure: printable(spokenText(value, language), setting.faces) }];
  });
  if (rows.length === 0) return [];
  const style = (strong: boolean | undefined) => ({ sizePt: setting.sizePt * (strong ? 1.1 : 1), bold: strong, align: 'right' }) as const;
  const widths = rows.map((row) => faceOf(style(row.strong), setting).widthOf(row.figure, style(row.strong).sizePt));
  const figureWidth = Math.min(Math.max(setting.sizePt * 9, ...widths), width * 0.6) + 3;
  const gap = setting.sizePt;
  const lines = rows.map((row) =>
    beside([
      { x: 0, piece: stacked(textLines(said(row.label, setting), width - figureWidth - gap, style(row.strong), setting)) },
      { x: width - figureWidth, piece: linePiece(row.figure, figureWidth - 3, style(row.strong), faceOf(style(row.strong), setting)) },
    ]),
  );
  return [{ ...stacked([space(3), ...lines], 3), keepWithNext: true }];
}

/** A framed row: the label, the amount in words, and on demand the figure once more. */
function wordsPieces(block: WordsBlock, width: number, setting: Setting): Piece[] {
  const words = printable(moneyInWords(block.field, setting.place), setting.faces);
  if (words === '') return [];
  const pad = 5;
  const value = valueOf(setting.place.data, block.field);
  const figure = block.withFigure && value !== undefined ? printable(spokenText(value, setting.place.language), setting.faces) : '';
  const figureStyle = { sizePt: setting.sizePt * 1.15, bold: true } as const;
  const figureWidth = figure === '' ? 0 : faceOf(figureStyle, setting).widthOf(figure, figureStyle.sizePt) + pad;
  const style = { sizePt: setting.sizePt, bold: true } as const;
  const label = `${said(block.label, setting)}${printWords[setting.place.language].colon}`;
  const labelWidth = Math.min(setting.faces.regular.widthOf(label, setting.sizePt) + 1, width / 2);
  const inner = beside([
    { x: pad, piece: stacked(textLines(label, labelWidth, { sizePt: setting.sizePt }, setting)) },
    { x: pad + labelWidth, piece: stacked(textLines(words, width - labelWidth - figureWidth - 2 * pad, style, setting)) },
    { x: width - figureWidth, piece: linePiece(figure, figureWidth, figureStyle, faceOf(figureStyle, setting)) },
  ]);
  return [{ ...stacked([space(2), framed(inner, width, 3, setting)], 5), keepWithNext: true }];
}

function clausesPieces(block: ClausesBlock, width: number, setting: Setting): Piece[] {
  const heading = said(block.heading, setting);
  const style = { sizePt: setting.sizePt };
  const title = heading === '' ? [] : textLines(heading, width, { ...style, bold: true }, setting).map((line) => ({ ...line, keepWithNext: true }));
  const paragraphs = block.paragraphs.map((clause, index) => {
    const label = `${numeralOf(index, block.numbering)}${clause.heading === undefined ? '' : said(clause.heading, setting)}`;
    const colon = clause.heading === undefined ? '' : printWords[setting.place.language].colon;
    const text = printable(mergeText(clause.text, { ...setting.place, blank: '________' }), setting.faces);
    return paragraphPieces(textLines(`${label}${colon}${text}`, width, style, setting), setting.sizePt * 0.3);
  });
  // Signatures never stand alone on a sheet: the last clause goes with whatever follows.
  const last = paragraphs.at(-1) ?? [];
  return [...title, ...paragraphs.slice(0, -1).flat(), ...last.map((piece) => ({ ...piece, keepWithNext: true }))];
}

/** A short paragraph stays whole; of a long one neither the first nor the last line stands alone. */
function paragraphPieces(lines: Piece[], gap: number): Piece[] {
  if (lines.length <= 4) return [stacked(lines, gap)];
  return [stacked(lines.slice(0, 2)), ...lines.slice(2, -2), stacked(lines.slice(-2), gap)];
}

function numeralOf(index: number, numbering: ClausesBlock['numbering']): string {
  if (numbering === 'none') return '';
  return numbering === 'decimal' ? `${index + 1}. ` : `${chineseNumeral(index + 1)}、`;
}

/** 一 to 九十九. */
function chineseNumeral(number: number): string {
  const digits = '零一二三四五六七八九';
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${head}${ones === 0 ? '' : digits[ones]}`;
}

function textPieces(block: TextBlock, width: number, setting: Setting): Piece[] {
  if (mergesNothing(block.text, setting.place)) return [];
  const style = { sizePt: block.sizeTenthPt === undefined ? setting.sizePt : block.sizeTenthPt / 10, bold: block.bold, align: block.align };
  return paragraphPieces(textLines(said(block.text, setting), width, style, setting), setting.sizePt * 0.4);
}

function signaturePieces(block: SignaturesBlock, width: number, setting: Setting): Piece[] {
  const roles = block.roles.map(({ label, field }) => {
    const value = field === undefined ? undefined : valueOf(setting.place.data, field);
    return {
      label: `${said(label, setting)}${printWords[setting.place.language].colon}`,
      name: value === undefined ? '' : printable(spokenText(value, setting.place.language), setting.faces),
    };
  });
  const widestRole = Math.max(...roles.map(({ label, name }) => setting.faces.regular.widthOf(label, setting.sizePt) + Math.max(setting.sizePt * 4, setting.faces.regular.widthOf(name, setting.sizePt))));
  const perRow = Math.max(1, Math.min(roles.length, Math.floor(width / (widestRole + setting.sizePt))));
  const rows = Math.ceil(roles.length / perRow);
  const balanced = Math.ceil(roles.length / rows);
  const cell = width / balanced;
  const pieces = Array.from({ length: rows }, (_, row) =>
    beside(roles.slice(row * balanced, (row + 1) * balanced).map((role, index) => ({ x: index * cell, piece: signature(role, cell - setting.sizePt, setting) }))),
  );
  const room = space(pointsOf(block.roomTenthMm));
  return [stacked(pieces.flatMap((piece) => [room, piece, space(setting.sizePt * 0.3)]))];
}

/** Label, name as far as it is known, and a line to write on. */
function signature(role: { label: string; name: string }, width: number, setting: Setting): Piece {
  const face = setting.faces.regular;
  const labelWidth = Math.min(face.widthOf(role.label, setting.sizePt), width * 0.75);
  const height = setting.sizePt * LINE_PITCH;
  const text = beside([
    { x: 0, piece: stacked(textLines(role.label, labelWidth + 0.5, { sizePt: setting.sizePt }, setting)) },
    { x: labelWidth + 3, piece: stacked(textLines(role.name, Math.max(1, width - labelWidth - 3), { sizePt: setting.sizePt }, setting)) },
  ]);
  return {
    height: text.height,
    paint: (x, y) => [
      ...text.paint(x, y),
      { kind: 'line', x1: x + labelWidth, y1: y + height, x2: x + width, y2: y + height, widthPt: setting.stroke.widthPt, color: setting.stroke.color },
    ],
  };
}

function picturePieces(block: PictureBlock, width: number, setting: Setting): Piece[] {
  const picture = setting.pictures.get(block.field);
  if (picture === undefined) return [];
  const scale = Math.min(
    Math.min(width, pointsOf(block.widthTenthMm)) / picture.widthPx,
    pointsOf(block.heightTenthMm) / picture.heightPx,
  );
  const [pictureWidth, height] = [picture.widthPx * scale, picture.heightPx * scale];
  const indent = indentOf(pictureWidth, width, block.align ?? 'left');
  return [
    {
      height: height + 3,
      paint: (x, y) => [{ kind: 'picture', x: x + indent, y, width: pictureWidth, height, name: block.field }],
    },
  ];
}

function sideBySidePieces(block: SideBySideBlock, width: number, setting: Setting): Piece[] {
  const pad = block.framed ? 6 : 0;
  const gap = block.framed ? 0 : setting.sizePt * 1.5;
  const partWidth = (width - gap * (block.parts.length - 1)) / block.parts.length;
  const parts = block.parts.map((blocks) =>
    stacked(blocks.flatMap((inner) => (inner.kind === 'table' ? [] : piecesOf(inner, partWidth - 2 * pad, setting)))),
  );
  const all = beside(parts.map((piece, index) => ({ x: index * (partWidth + gap) + pad, piece })));
  if (!block.framed) return [all];
  const inner = framed(all, width, pad, setting);
  const dividers = parts.slice(1).map((_, index) => (index + 1) * partWidth);
  return [
    {
      height: inner.height + 4,
      paint: (x, y) => [
        ...inner.paint(x, y),
        ...dividers.map((at) => ({ kind: 'line', x1: x + at, y1: y, x2: x + at, y2: y + inner.height, widthPt: setting.stroke.widthPt, color: setting.stroke.color }) as const),
      ],
    },
  ];
}

function framed(inner: Piece, width: number, padding: number, setting: Setting): Piece {
  const height = inner.height + 2 * padding;
  const { widthPt, color } = setting.stroke;
  const side = (x1: number, y1: number, x2: number, y2: number) => ({ kind: 'line', x1, y1, x2, y2, widthPt, color }) as const;
  return {
    height,
    paint: (x, y) => [
      side(x, y, x + width, y),
      side(x, y + height, x + width, y + height),
      side(x, y, x, y + height),
      side(x + width, y, x + width, y + height),
      ...inner.paint(x, y + padding),
    ],
  };
}

function rule(width: number, setting: Setting): Piece {
  return {
    height: 6,
    paint: (x, y) => [{ kind: 'line', x1: x, y1: y + 3, x2: x + width, y2: y + 3, widthPt: setting.stroke.widthPt, color: setting.stroke.color }],
  };
}
