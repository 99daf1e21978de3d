import { mergesNothing, moneyInWords } from '../../../shared/printing/mergeText.ts';
import { labelOf, printValueOf } from '../../../shared/printing/printData.ts';
import { spokenText } from '../../../shared/printing/printFormat.ts';
import { printWords } from '../../../shared/printing/printWords.ts';
import type {
  Block,
  ClausesBlock,
  FieldsBlock,
  HeadField,
  PictureBlock,
  SideBySideBlock,
  TableBlock,
  TextBlock,
  TitleBlock,
  TotalsBlock,
  WordsBlock,
} from '../../../shared/printing/template.ts';
import { barcodePieces } from './barcodePieces.ts';
import { printable } from './fonts.ts';
import { letterheadPieces } from './letterhead.ts';
import { beside, faceOf, heightOf, indentOf, LINE_PITCH, linePiece, type Piece, space, stacked, textLines } from './marks.ts';
import { pointsOf, type Setting, said } from './setting.ts';
import { signaturePieces } from './signatures.ts';

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
    case 'barcode':
      return barcodePieces(block, width, setting);
    case 'space':
      return [{ ...space(pointsOf(block.heightTenthMm)), keepWithNext: true }];
    case 'rule':
      return [rule(width, setting)];
    case 'sideBySide':
      return sideBySidePieces(block, width, setting);
  }
}

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
  const narrow = block.fields.filter((field) => field.wide !== true);
  const columns = Array.from({ length: block.columns }, (_, column) =>
    factsOf(
      narrow.filter((_field, index) => index % block.columns === column),
      setting,
    ),
  );
  const widths = columnWidths(
    columns.map((facts) => naturalWidth(facts, setting)),
    width - gap * (block.columns - 1),
  );
  const lefts = widths.map((_, column) => sum(widths.slice(0, column)) + column * gap);
  const columnPieces = columns.map((facts, column) => factPieces(facts, widths[column] ?? 0, setting));
  const rows = Math.max(...columnPieces.map((pieces) => pieces.length));
  const grid = Array.from({ length: rows }, (_, row) =>
    beside(columnPieces.map((pieces, column) => ({ x: lefts[column] ?? 0, piece: pieces[row] ?? space(0) }))),
  );
  const wide = factsOf(
    block.fields.filter((field) => field.wide === true),
    setting,
  );
  const labelWidth = Math.max(0, ...[...(columns[0] ?? []), ...wide].map((fact) => labelWidthOf(fact.label, setting)));
  const pieces = [...grid, ...factPieces(wide, width, setting, labelWidth)];
  return pieces.length === 0 ? [] : [...pieces, space(setting.sizePt * 0.5)];
}

/** Alike where that is enough; otherwise the columns that need less leave the rest to those that need more. */
function columnWidths(naturals: readonly number[], width: number): number[] {
  const alike = width / naturals.length;
  const modest = naturals.filter((natural) => natural <= alike);
  if (modest.length === naturals.length || modest.length === 0) return naturals.map(() => alike);
  const others = (width - sum(modest)) / (naturals.length - modest.length);
  return naturals.map((natural) => (natural <= alike ? natural : others));
}

const naturalWidth = (facts: readonly Fact[], setting: Setting) =>
  widestLabel(facts, setting) + Math.max(0, ...facts.map((fact) => setting.faces.regular.widthOf(fact.value, setting.sizePt)));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

interface Fact {
  label: string;
  value: string;
}

/** The fields that have a value, in words. */
function factsOf(fields: readonly HeadField[], setting: Setting): Fact[] {
  const { data, language } = setting.place;
  const textOf = (field: string | undefined): string => {
    const value = field === undefined ? undefined : printValueOf(data, field);
    return value === undefined ? '' : printable(spokenText(value, language), setting.faces);
  };
  return fields.flatMap(({ field, orElse, label }) => {
    const text = textOf(field) || textOf(orElse);
    if (text === '') return [];
    const name = label === undefined ? printable(labelOf(data, field, language), setting.faces) : said(label, setting);
    return [{ label: `${name}${printWords[language].colon}`, value: text }];
  });
}

/** Labels in one column, values beginning at the same distance, wrapped beside their label. */
function factPieces(facts: readonly Fact[], width: number, setting: Setting, labelWidth = widestLabel(facts, setting)): Piece[] {
  const style = { sizePt: setting.sizePt };
  const values = Math.max(0, ...facts.map((fact) => setting.faces.regular.widthOf(fact.value, setting.sizePt)));
  // A label gives way to a long value, but not to room that no value needs.
  const label = Math.min(labelWidth, Math.max(width / 2, width - values));
  return facts.map((fact) =>
    beside([
      { x: 0, piece: stacked(textLines(fact.label, label, { ...style, color: labelColor(setting) }, setting)) },
      { x: label, piece: stacked(textLines(fact.value, width - label, style, setting)) },
    ]),
  );
}

const widestLabel = (facts: readonly Fact[], setting: Setting) => Math.max(0, ...facts.map((fact) => labelWidthOf(fact.label, setting)));

const labelWidthOf = (label: string, setting: Setting) => setting.faces.regular.widthOf(label, setting.sizePt) + 0.5;

const labelColor = (setting: Setting) => (setting.template.look === 'plain' ? undefined : '#4a5560');

function totalsPieces(block: TotalsBlock, width: number, setting: Setting): Piece[] {
  const { data, language } = setting.place;
  const rows = block.rows.flatMap((row) => {
    const value = printValueOf(data, row.field);
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
  const value = printValueOf(setting.place.data, block.field);
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
  const title =
    heading === '' ? [] : textLines(heading, width, { ...style, bold: true }, setting).map((line) => ({ ...line, keepWithNext: true }));
  const paragraphs = block.paragraphs.map((clause, index) => {
    const label = `${numeralOf(index, block.numbering, setting)}${clause.heading === undefined ? '' : said(clause.heading, setting)}`;
    const colon = clause.heading === undefined ? '' : printWords[setting.place.language].colon;
    const text = said(clause.text, setting, { blank: '________' });
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

function numeralOf(index: number, numbering: ClausesBlock['numbering'], setting: Setting): string {
  if (numbering === 'none') return '';
  return numbering === 'decimal' || setting.place.language === 'en' ? `${index + 1}. ` : `${chineseNumeral(index + 1)}、`;
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

function picturePieces(block: PictureBlock, width: number, setting: Setting): Piece[] {
  const picture = setting.pictures.get(block.field);
  if (picture === undefined) return [];
  const scale = Math.min(Math.min(width, pointsOf(block.widthTenthMm)) / picture.widthPx, pointsOf(block.heightTenthMm) / picture.heightPx);
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
  const stacks = block.parts.map((blocks) =>
    blocks.flatMap((inner) => (inner.kind === 'table' ? [] : piecesOf(inner, partWidth - 2 * pad, setting))),
  );
  const height = Math.max(0, ...stacks.map(heightOf));
  // What each part ends with stands at the same height: both sides sign on one line.
  const parts = stacks.map((pieces) => stacked([...pieces.slice(0, -1), space(height - heightOf(pieces)), ...pieces.slice(-1)]));
  const all = beside(parts.map((piece, index) => ({ x: index * (partWidth + gap) + pad, piece })));
  if (!block.framed) return [all];
  const inner = framed(all, width, pad, setting);
  const dividers = parts.slice(1).map((_, index) => (index + 1) * partWidth);
  return [
    {
      height: inner.height + 4,
      paint: (x, y) => [
        ...inner.paint(x, y),
        ...dividers.map(
          (at) =>
            ({
              kind: 'line',
              x1: x + at,
              y1: y,
              x2: x + at,
              y2: y + inner.height,
              widthPt: setting.stroke.widthPt,
              color: setting.stroke.color,
            }) as const,
        ),
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
    paint: (x, y) => [
      { kind: 'line', x1: x, y1: y + 3, x2: x + width, y2: y + 3, widthPt: setting.stroke.widthPt, color: setting.stroke.color },
    ],
  };
}
