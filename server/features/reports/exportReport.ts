import type { ReportAnswer, ReportFigures, ReportQuestion } from '../../../shared/contracts/reports.ts';
import { formatExact } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { fieldName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import type { Measure } from '../../../shared/reports/defineReport.ts';
import { wordOfKey } from '../../../shared/reports/keyWords.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { type ExportedFile, placeFor } from '../exchange/export/exportRecords.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { writeWorkbook } from '../exchange/workbook/writeWorkbook.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExported } from '../handOuts/noteExport.ts';
import { drawSheet, sheetPaper } from '../printing/sheetPaper.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { labelsFor, shownBeside } from './labels.ts';
import { mayExport } from './offeredReports.ts';
import { sortRows } from './paging.ts';
import { homeOf } from './paths.ts';
import { type Asked, readQuestion } from './question.ts';
import { sortOf, wholeReport } from './runReport.ts';

export interface ReportExport {
  readonly name: string;
  readonly question: ReportQuestion;
  readonly language: Language;
}

/**
 * Writes a report into a workbook as it is shown, all pages of it and the totals. How many rows is audited before the file is given
 * away. Refuses 'access.denied' without the right to export what the report reads, and what the report refuses.
 */
export async function exportReport(company: Company, actor: Actor, wanted: ReportExport, signal?: AbortSignal): Promise<ExportedFile> {
  const path = await placeFor(company, 'xlsx');
  const table = await look(company, actor, (work) => tableOf(work, wanted));
  await writeWorkbook(
    path,
    { sheets: [{ name: table.title, columns: table.columns, rows: table.rows }], mark: workbookMark(company, actor, wanted.language) },
    signal,
  );
  await note(company, actor, { wanted, table, format: 'xlsx' });
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { path, name: `${table.title}.xlsx`, mediaType };
}

/**
 * The same rows on paper, audited alike. Refuses what exportReport refuses, and 'print.tooManyRows' where a workbook is the better place.
 */
export async function printReport(company: Company, actor: Actor, wanted: ReportExport): Promise<{ name: string; bytes: Uint8Array }> {
  const { table, paper } = await look(company, actor, async (work) => {
    const found = await tableOf(work, wanted);
    return { table: found, paper: await sheetPaper(work, { ...found, language: wanted.language }) };
  });
  await note(company, actor, { wanted, table, format: 'pdf' });
  return { name: `${table.title}.pdf`, bytes: await drawSheet(paper) };
}

const note = (company: Company, actor: Actor, of: { wanted: ReportExport; table: Table; format: 'xlsx' | 'pdf' }): Promise<void> =>
  noteExported(company, actor, {
    type: of.table.type,
    changes: { report: of.wanted.name, rows: of.table.count, format: of.format, query: of.wanted.question },
  });

const titleOf = ({ name, language }: ReportExport): string => textOf(uiWords[language].reports.names, name);

/** Words by the name of a report, a measure or an axis; a name without words stands for itself. */
const textOf = (words: Readonly<Record<string, string>>, name: string): string => words[name] ?? name;

/** A report as rows and columns: its figures, and the totals as the last row. */
interface Table {
  readonly title: string;
  /** The type whose export it is. */
  readonly type: string;
  readonly count: number;
  readonly facts: { label: string; text: string }[];
  readonly columns: ColumnToWrite[];
  readonly rows: CellToWrite[][];
}

async function tableOf(work: Work, wanted: ReportExport): Promise<Table> {
  const asked = readQuestion(work, wanted.name, wanted.question);
  if (!mayExport(work, asked.report)) throw new Refusal('access.denied', { operation: 'export', type: wanted.name });
  const whole = await wholeReport(work, asked);
  const rows = await sortRows(work, asked, whole.rows, wanted.question.sort ?? sortOf(asked));
  const labels = await labelsFor(work, asked, { rows, columns: whole.pivot?.columns ?? [] });
  const sheet: Sheet = { work, asked, language: wanted.language, digits: (await exchangeOf(work)).base.digits, labels, pivot: whole.pivot };
  const home = asked.report.sources.map((source) => homeOf(work, source)).find((one) => one !== undefined);
  return {
    title: titleOf(wanted),
    type: home?.type ?? wanted.name,
    count: rows.length,
    facts: [{ label: uiWords[wanted.language].money.period, text: spanOf(wanted.question) }],
    columns: columnsOf(sheet),
    rows: [...rows.map((row) => lineOf(sheet, row)), totalLine(sheet, whole.totals)],
  };
}

const spanOf = ({ from, to }: ReportQuestion): string => [from, to].filter((day) => day !== undefined).join(' — ');

interface Sheet {
  readonly work: Work;
  readonly asked: Asked;
  readonly language: Language;
  readonly digits: number;
  readonly labels: ReportAnswer['labels'];
  readonly pivot: ReportAnswer['pivot'];
}

const measureOf = ({ asked }: Sheet, name: string): Measure => asked.report.measures[name] ?? { kind: 'count' };

function columnsOf(sheet: Sheet): ColumnToWrite[] {
  const { asked, language, work } = sheet;
  const words = uiWords[language].reports;
  const keys = asked.groupBy.flatMap((name): ColumnToWrite[] => {
    const axis = asked.report.axes[name];
    const beside = axis ? shownBeside(work, axis) : [];
    const header = textOf(words.axes, name);
    return [
      { header, kind: axis?.kind === 'day' ? 'day' : 'text', width: 24 },
      ...beside.map(
        (field): ColumnToWrite => ({ header: fieldName(domainWords[language], axis?.to ?? '', field), kind: 'text', width: 14 }),
      ),
    ];
  });
  const cells = (sheet.pivot?.columns ?? []).map((key): ColumnToWrite => {
    const header = nameOn(sheet, sheet.pivot?.axis ?? '', key);
    return { header, ...shapeOf(sheet, sheet.pivot?.measure ?? '') };
  });
  const figures = asked.measures.map((name): ColumnToWrite => ({ header: textOf(words.measures, name), ...shapeOf(sheet, name) }));
  return [...keys, ...cells, ...figures];
}

/** Turns are read to the hundredth. */
const timesDigits = 2;

function shapeOf(sheet: Sheet, measure: string): Pick<ColumnToWrite, 'kind' | 'digits' | 'width' | 'isShare'> {
  const { kind } = measureOf(sheet, measure);
  if (kind === 'day') return { kind: 'day', width: 14 };
  if (kind === 'rate') return { kind: 'number', width: 14, isShare: true };
  const digits = kind === 'money' ? sheet.digits : kind === 'times' ? timesDigits : undefined;
  return { kind: 'number', width: 14, ...(digits === undefined ? {} : { digits }) };
}

const nameOn = (sheet: Sheet, axis: string, key: string | number | null): string =>
  wordOfKey(uiWords[sheet.language].reports, key, sheet.labels[axis]?.[String(key)]);

function lineOf(sheet: Sheet, row: ReportAnswer['rows'][number]): CellToWrite[] {
  const { asked, work } = sheet;
  const keys = asked.groupBy.flatMap((name, index): CellToWrite[] => {
    const axis = asked.report.axes[name];
    const key = row.keys[index] ?? null;
    const beside = axis ? shownBeside(work, axis) : [];
    const shown = sheet.labels[name]?.[String(key)]?.beside ?? beside.map(() => null);
    return [nameOn(sheet, name, key), ...shown];
  });
  return [...keys, ...(row.cells ?? []).map((cell) => cellOf(sheet, sheet.pivot?.measure ?? '', cell)), ...figuresOf(sheet, row.figures)];
}

function totalLine(sheet: Sheet, totals: ReportFigures): CellToWrite[] {
  const { asked, work, language } = sheet;
  const widths = asked.groupBy.map((name) => {
    const axis = asked.report.axes[name];
    return 1 + (axis ? shownBeside(work, axis).length : 0);
  });
  const empty = Array.from({ length: widths.reduce((sum, width) => sum + width, 0) - 1 }, () => null);
  const cells = (sheet.pivot?.totals ?? []).map((cell) => cellOf(sheet, sheet.pivot?.measure ?? '', cell));
  return [uiWords[language].general.total, ...empty, ...cells, ...figuresOf(sheet, totals)];
}

const figuresOf = (sheet: Sheet, figures: ReportFigures): CellToWrite[] =>
  sheet.asked.measures.map((name) => cellOf(sheet, name, figures[name] ?? null));

function cellOf(sheet: Sheet, measure: string, figure: number | string | null): CellToWrite {
  if (figure === null || typeof figure === 'string') return figure;
  switch (measureOf(sheet, measure).kind) {
    case 'money':
      return formatExact(figure, sheet.digits);
    case 'quantity':
    case 'rate':
    case 'times':
      return formatExact(figure, 6, { trim: true });
    default:
      return String(figure);
  }
}
