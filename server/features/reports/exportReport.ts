import type { ReportAnswer, ReportFigures, ReportQuestion } from '../../../shared/contracts/reports.ts';
import { formatExact } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { fieldName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import type { Measure } from '../../../shared/reports/defineReport.ts';
import { wordOfKey } from '../../../shared/reports/keyWords.ts';
import { writeAudit } from '../../engine/audit.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { type ExportedFile, placeFor } from '../exchange/export/exportRecords.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { writeWorkbook } from '../exchange/workbook/writeWorkbook.ts';
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
  const written = await look(company, actor, (work) => write(work, wanted, path, signal));
  await transact(company, actor, (work) =>
    writeAudit(work, {
      action: 'export',
      type: written.type,
      recordId: 0,
      changes: { report: wanted.name, rows: written.rows, format: 'xlsx', query: wanted.question },
    }),
  );
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { path, name: `${titleOf(wanted)}.xlsx`, mediaType };
}

const titleOf = ({ name, language }: ReportExport): string => textOf(uiWords[language].reports.names, name);

/** Words by the name of a report, a measure or an axis; a name without words stands for itself. */
const textOf = (words: Readonly<Record<string, string>>, name: string): string => words[name] ?? name;

async function write(work: Work, wanted: ReportExport, path: string, signal?: AbortSignal): Promise<{ type: string; rows: number }> {
  const asked = readQuestion(work, wanted.name, wanted.question);
  if (!mayExport(work, asked.report)) throw new Refusal('access.denied', { operation: 'export', type: wanted.name });
  const whole = await wholeReport(work, asked);
  const rows = await sortRows(work, asked, whole.rows, wanted.question.sort ?? sortOf(asked));
  const labels = await labelsFor(work, asked, { rows, columns: whole.pivot?.columns ?? [] });
  const sheet: Sheet = { work, asked, language: wanted.language, digits: (await exchangeOf(work)).base.digits, labels, pivot: whole.pivot };
  const lines = [...rows.map((row) => lineOf(sheet, row)), totalLine(sheet, whole.totals)];
  await writeWorkbook(path, { sheets: [{ name: titleOf(wanted), columns: columnsOf(sheet), rows: lines }] }, signal);
  const home = asked.report.sources.map((source) => homeOf(work, source)).find((one) => one !== undefined);
  return { type: home?.type ?? wanted.name, rows: rows.length };
}

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

function shapeOf(sheet: Sheet, measure: string): Pick<ColumnToWrite, 'kind' | 'digits' | 'width'> {
  const { kind } = measureOf(sheet, measure);
  if (kind === 'day') return { kind: 'day', width: 14 };
  return { kind: 'number', width: 14, ...(kind === 'money' ? { digits: sheet.digits } : {}) };
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
      return formatExact(figure, 6, { trim: true });
    default:
      return String(figure);
  }
}
