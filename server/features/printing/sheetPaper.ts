import { isDay } from '../../../shared/kernel/days.ts';
import { formatExact, mulDiv, parseExact, SCALE } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Language } from '../../../shared/language/languages.ts';
import type { PrintData, PrintFields, PrintValue } from '../../../shared/printing/printData.ts';
import { a4, pageOfPages } from '../../../shared/printing/standard/pieces.ts';
import type { Paper, PrintTemplate, TableColumn } from '../../../shared/printing/template.ts';
import type { Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { paperMark } from '../handOuts/marks.ts';
import { letterheadOf, practiceMark } from './data/letterhead.ts';
import { renderPdf } from './renderPdf.ts';

/** Rows and columns as a workbook takes them, to be put on paper. */
export interface SheetOnPaper {
  readonly title: string;
  /** What it covers: a period, an account, filters. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly columns: readonly ColumnToWrite[];
  readonly rows: readonly (readonly CellToWrite[])[];
  /** Paragraphs below the rows. */
  readonly notes?: readonly string[];
  readonly language: Language;
}

/** More rows than this are leafed through by nobody, and would keep the printers of papers waiting; a workbook takes them. */
export const paperRowsMax = 2000;

/**
 * A sheet of rows as a PDF: head on every page, pages numbered, as wide a sheet as the columns ask for. Refuses
 * 'print.tooManyRows' {rows, max}, and what renderPdf refuses.
 */
export async function sheetPaper(
  work: Work,
  sheet: SheetOnPaper,
): Promise<{ template: PrintTemplate; data: PrintData; language: Language; mark?: string }> {
  if (sheet.rows.length > paperRowsMax) throw new Refusal('print.tooManyRows', { rows: sheet.rows.length, max: paperRowsMax });
  const facts = sheet.facts.filter(({ text }) => text !== '');
  const data: PrintData = {
    type: 'sheet',
    title: sheet.title,
    number: '',
    state: '',
    fields: Object.fromEntries(
      [...facts.map(({ text }, index) => [`fact${index}`, text] as const), ...notesOf(sheet)].map(([name, value]): [string, PrintValue] => [
        name,
        { kind: 'text', value },
      ]),
    ),
    lineFields: sheet.columns.map((_, index) => nameOf(index)),
    lines: sheet.rows.map((row) => lineOf(sheet.columns, row)),
    totals: {},
    company: await letterheadOf(work),
    ...practiceMark(work),
    customer: {},
    people: {},
    labels: {},
  };
  const mark = await paperMark(work, sheet.language, 'house');
  return { template: templateFor(sheet, facts), data, language: sheet.language, ...(mark === undefined ? {} : { mark }) };
}

/** The bytes of a sheet that was put on paper; drawn outside of the work, so that nobody waits for it. */
export const drawSheet = (paper: Awaited<ReturnType<typeof sheetPaper>>): Promise<Uint8Array> =>
  renderPdf(paper.template, paper.data, { language: paper.language, ...(paper.mark === undefined ? {} : { mark: paper.mark }) });

const notesOf = ({ notes = [] }: SheetOnPaper) => notes.map((text, index) => [`note${index}`, text] as const);

const nameOf = (index: number): string => `column${index}`;

function templateFor(sheet: SheetOnPaper, facts: SheetOnPaper['facts']): PrintTemplate {
  const { title, columns } = sheet;
  return {
    version: 1,
    name: 'sheet',
    label: title,
    type: 'sheet',
    paper: paperFor(columns),
    fontSizeTenthPt: 85,
    look: 'shaded',
    blocks: [
      { kind: 'text', text: '{{company.name}}', onEveryPage: true, sizeTenthPt: 90 },
      { kind: 'title', text: '{{document.title}}', onEveryPage: true },
      ...(facts.length > 0
        ? [
            {
              kind: 'fields' as const,
              columns: 3 as const,
              fields: facts.map(({ label }, index) => ({ field: `document.fact${index}`, label })),
            },
          ]
        : []),
      { kind: 'table', columns: columns.map(columnFor) },
      ...notesOf(sheet).map(([name]) => ({ kind: 'text' as const, text: `{{document.${name}}}` })),
    ],
    footer: { left: title, right: pageOfPages },
  };
}

/** Upright while the columns fit, then across, then across a sheet of twice the size. */
function paperFor(columns: readonly ColumnToWrite[]): Paper {
  const characters = columns.reduce((sum, column) => sum + widthOf(column), 0);
  if (columns.length <= 8 && characters <= 110) return a4;
  if (columns.length <= 14 && characters <= 200) return { ...a4, orientation: 'landscape' };
  return { ...a4, size: { widthTenthMm: 2970, heightTenthMm: 4200 }, orientation: 'landscape' };
}

const widthOf = (column: ColumnToWrite): number => column.width ?? 12;

const columnFor = (column: ColumnToWrite, index: number): TableColumn => ({
  field: nameOf(index),
  label: column.header,
  share: Math.max(1, Math.round(widthOf(column) / 4)),
  align: column.kind === 'number' ? 'right' : 'left',
  sum: false,
});

function lineOf(columns: readonly ColumnToWrite[], row: readonly CellToWrite[]): PrintFields {
  const entries = columns.flatMap((column, index): [string, PrintValue][] => {
    const value = printedCell(column, row[index]);
    return value ? [[nameOf(index), value]] : [];
  });
  return Object.fromEntries(entries);
}

function printedCell(column: ColumnToWrite, cell: CellToWrite): PrintValue | undefined {
  if (cell === null || cell === undefined || cell === '') return undefined;
  const text = String(cell);
  if (column.kind === 'day' && isDay(text)) return { kind: 'day', value: text };
  if (column.kind !== 'number') return { kind: 'text', value: text };
  const exact = parseExact(text, SCALE.quantity);
  if (exact === null) return { kind: 'text', value: text };
  if (column.isShare) return { kind: 'text', value: `${formatExact(mulDiv([exact], [1000]), 1, { group: true })}%` };
  if (column.digits === undefined) return { kind: 'quantity', value: exact };
  return { kind: 'money', value: mulDiv([exact], [10 ** (SCALE.quantity - column.digits)]), currency: '', digits: column.digits };
}
