import type { Language } from '../language/languages.ts';

/**
 * A print template is data: an administrator edits it, a file carries it to another company, and a designer in
 * millimetres can work on the same shape. It holds no code, no address and no path, only blocks in reading order.
 * Lengths are whole tenths of a millimetre, font sizes whole tenths of a point.
 */
export interface PrintTemplate {
  version: 1;
  /** What the template is called where it is chosen: 'standard', 'unpriced', or an administrator's own name. */
  name: string;
  label: PrintText;
  /** The document type it prints. */
  type: string;
  paper: Paper;
  /** The language it always prints in; without one the person printing is asked. */
  language?: Language;
  fontSizeTenthPt: number;
  /** Shaded heads and grey lines suit a laser printer; carbon copies want black strokes and no dark ground. */
  look: 'shaded' | 'plain';
  blocks: Block[];
  footer?: Footer;
  /** Names of the copies of a carbon set and who keeps each, printed down the right margin. */
  plies?: PrintText[];
  /** Several of these papers stand on one larger sheet: labels. */
  labels?: LabelSheet;
  watermark?: PrintText;
}

/** A sheet of labels without gaps between them, in the middle of the paper. */
export interface LabelSheet {
  size: PaperName;
  columns: number;
  rows: number;
}

/** The same words in the languages that have them, or one text for all. May carry merge fields: `{{customer.name}}`. */
export type PrintText = string | Partial<Record<Language, string>>;

/** Widths and heights of the papers by name. 241 mm is continuous paper with its tear-off strips: whole, half, third. */
export const paperSizes = {
  A4: { widthTenthMm: 2100, heightTenthMm: 2970 },
  A5: { widthTenthMm: 1480, heightTenthMm: 2100 },
  '241x279.4': { widthTenthMm: 2410, heightTenthMm: 2794 },
  '241x139.7': { widthTenthMm: 2410, heightTenthMm: 1397 },
  '241x93.1': { widthTenthMm: 2410, heightTenthMm: 931 },
} as const;

export type PaperName = keyof typeof paperSizes;

export interface Paper {
  size: PaperName | { widthTenthMm: number; heightTenthMm: number };
  /** Cut sheets only; continuous paper is fed as it is. */
  orientation?: 'portrait' | 'landscape';
  marginsTenthMm: { top: number; right: number; bottom: number; left: number };
  continuous: boolean;
}

export type Block =
  | LetterheadBlock
  | TitleBlock
  | FieldsBlock
  | TableBlock
  | TotalsBlock
  | WordsBlock
  | ClausesBlock
  | TextBlock
  | SignaturesBlock
  | PictureBlock
  | BarcodeBlock
  | SpaceBlock
  | RuleBlock
  | SideBySideBlock;

export type BlockKind = Block['kind'];

interface BlockCommon {
  /** Printed on every page: above the lines as part of the head, below them as part of the foot. */
  onEveryPage?: boolean;
}

/** The company at the head of the paper: picture at the left, its name, then smaller lines. */
export interface LetterheadBlock extends BlockCommon {
  kind: 'letterhead';
  showLogo: boolean;
  align: 'left' | 'center';
  name: PrintText;
  lines: PrintText[];
}

export interface TitleBlock extends BlockCommon {
  kind: 'title';
  text: PrintText;
  /** Stands at the right of the title, such as the number. */
  aside?: PrintText;
}

/** Facts of the document as label and value; one that is not filled, or may not be seen, is left out. */
export interface FieldsBlock extends BlockCommon {
  kind: 'fields';
  columns: 1 | 2 | 3;
  fields: HeadField[];
}
export interface HeadField {
  field: string;
  /** What stands there when the field is not filled. */
  orElse?: string;
  label?: PrintText;
  /** Takes the whole width, for an address or a remark. */
  wide?: boolean;
}

export interface TableBlock extends BlockCommon {
  kind: 'table';
  columns: TableColumn[];
  /** So many rows on each page, the last one filled with empty rows. */
  rowsPerPage?: number;
  /** A sum of this page's rows at its foot (本页小计). */
  pageSubtotal?: boolean;
  /** What has been summed so far, repeated at the top of the next page (承前页). */
  carryOver?: boolean;
  /** A sum of all rows after the last one (合计). */
  totalRow?: boolean;
}
export interface TableColumn {
  /** A line field, or 'position' for the running number. */
  field: string;
  label?: PrintText;
  /** A fixed width, or a share of what the fixed ones leave. Numbers that need more get more. */
  widthTenthMm?: number;
  share?: number;
  align?: 'left' | 'center' | 'right';
  /** 'whenFilled' drops a column that is empty in every line. */
  show?: 'always' | 'whenFilled' | 'never';
  /** Money and quantities are summed in subtotals unless this says otherwise. */
  sum?: boolean;
}

/** Sums under the lines, at the right. A total that may not be seen is left out. */
export interface TotalsBlock extends BlockCommon {
  kind: 'totals';
  rows: { field: string; label: PrintText; strong?: boolean }[];
}

/** An amount in words (大写). */
export interface WordsBlock extends BlockCommon {
  kind: 'words';
  label: PrintText;
  /** The money it spells. */
  field: string;
  /** Shows the figure again at the right. */
  withFigure?: boolean;
}

export interface ClausesBlock extends BlockCommon {
  kind: 'clauses';
  heading?: PrintText;
  numbering: 'chinese' | 'decimal' | 'none';
  paragraphs: Clause[];
}
export interface Clause {
  heading?: PrintText;
  text: PrintText;
}

export interface TextBlock extends BlockCommon {
  kind: 'text';
  text: PrintText;
  align?: 'left' | 'center' | 'right';
  sizeTenthPt?: number;
  bold?: boolean;
}

/** Places to sign: the name is filled in where the document knows it. */
export interface SignaturesBlock extends BlockCommon {
  kind: 'signatures';
  roles: { label: PrintText; field?: string }[];
  /** Room for a stamp above the line, in tenths of a millimetre. */
  roomTenthMm: number;
}

export interface PictureBlock extends BlockCommon {
  kind: 'picture';
  field: string;
  widthTenthMm: number;
  heightTenthMm: number;
  align?: 'left' | 'center' | 'right';
}

/** A number as bars: EAN-13 where it is one, else Code 128; the number itself stands below. */
export interface BarcodeBlock extends BlockCommon {
  kind: 'barcode';
  field: string;
  /** What is shown when the field is not filled. */
  orElse?: string;
  heightTenthMm: number;
  align?: 'left' | 'center' | 'right';
}

export interface SpaceBlock extends BlockCommon {
  kind: 'space';
  heightTenthMm: number;
}

export interface RuleBlock extends BlockCommon {
  kind: 'rule';
}

/** Blocks beside each other, as the two parties of a contract. */
export interface SideBySideBlock extends BlockCommon {
  kind: 'sideBySide';
  framed?: boolean;
  parts: Block[][];
}

/** One line at the foot of every page; knows `{{page.number}}` and `{{page.count}}` beside the other merge fields. */
export interface Footer {
  left?: PrintText;
  center?: PrintText;
  right?: PrintText;
}

/** The text in a language; where it has none, in the nearest one that it has. */
export function inLanguage(text: PrintText | undefined, language: Language): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  return text[language] ?? nearest[language].map((other) => text[other]).find((found) => found !== undefined) ?? '';
}

const nearest: Record<Language, Language[]> = {
  'zh-CN': ['zh-TW', 'en'],
  'zh-TW': ['zh-CN', 'en'],
  en: ['zh-CN', 'zh-TW'],
};

/** The sheet as it goes through the printer, in tenths of a millimetre. Continuous paper never turns. */
export function sheetOf(paper: Paper): { widthTenthMm: number; heightTenthMm: number } {
  const { widthTenthMm, heightTenthMm } = typeof paper.size === 'string' ? paperSizes[paper.size] : paper.size;
  const isUpright = heightTenthMm >= widthTenthMm;
  const turns = !paper.continuous && paper.orientation !== undefined && isUpright !== (paper.orientation === 'portrait');
  return turns ? { widthTenthMm: heightTenthMm, heightTenthMm: widthTenthMm } : { widthTenthMm, heightTenthMm };
}
