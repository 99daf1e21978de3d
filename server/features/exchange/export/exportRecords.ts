import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListAnswer, ListQuery } from '../../../../shared/contracts/wire.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { typeName } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { refuseUnlessMay, visibleIds } from '../../../access/visibility.ts';
import { clock } from '../../../clock.ts';
import { tableOf } from '../../../database/tables.ts';
import { listRecords } from '../../../engine/list/listRecords.ts';
import { currenciesOf } from '../../../engine/store.ts';
import { look } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import { cleanFileName } from '../../files/fileName.ts';
import { nameMark, workbookMark } from '../../handOuts/marks.ts';
import { noteExported } from '../../handOuts/noteExport.ts';
import type { CellToWrite } from '../workbook/sheetToWrite.ts';
import { writeCsv } from '../workbook/writeCsv.ts';
import { writeWorkbook } from '../workbook/writeWorkbook.ts';
import { cellOf, type ExportColumn, exportColumns } from './exportColumns.ts';

export interface ExportRequest {
  readonly query: ListQuery;
  readonly format: 'xlsx' | 'csv';
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly language: Language;
}

export interface ExportedFile {
  readonly path: string;
  readonly name: string;
  readonly mediaType: string;
}

/** More rows than this are no list any more; a filter or a backup is what the person wants. */
export const exportRowsMax = 200_000;

/**
 * Writes a list to a file as it is shown: the same columns, search, filter and order, page by page on one snapshot, so that
 * memory does not grow and others have their turn. Only records the person may export are in it; how many is audited
 * before the file is given away. Refuses 'access.denied', 'export.tooMany' {count, most}, what the list refuses, and
 * 'workbook.cancelled' when the caller hangs up. The file is removed an hour later.
 */
export async function exportRecords(
  company: Company,
  actor: Actor,
  definition: Definition,
  request: ExportRequest,
  signal?: AbortSignal,
): Promise<ExportedFile> {
  const path = await placeFor(company, request.format);
  const rows = await look(company, actor, (work) => write(work, definition, request, { path, signal }));
  try {
    await noteExported(company, actor, { type: definition.type, changes: { rows, format: request.format, query: request.query } });
  } catch (refusal) {
    await rm(path, { force: true });
    throw refusal;
  }
  const title = typeName(domainWords[request.language], definition.type, 'many');
  const name = request.format === 'csv' ? `${title} ${nameMark(company, actor)}` : title;
  return { path, name: cleanFileName(`${name}.${request.format}`), mediaType: mediaTypes[request.format] };
}

const mediaTypes = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8' } as const;

async function write(
  work: Work,
  definition: Definition,
  request: ExportRequest,
  to: { path: string; signal: AbortSignal | undefined },
): Promise<number> {
  refuseUnlessMay(work, definition, 'export');
  const currencies = await currenciesOf(work);
  const money = {
    base: currencies.find((currency) => currency.main === 1)?.digits ?? 2,
    of: new Map(currencies.map(({ id, digits }) => [id, digits])),
  };
  const columns = exportColumns(work, definition, { ...request, fields: request.query.fields, baseDigits: money.base });
  const { after: _start, limit: _page, ...wanted } = request.query;
  const query = { ...wanted, fields: wanted.fields ?? columns.map((column) => column.path) };
  await refuseTooMany(work, definition, query);
  const pages = pagesOf(work, definition, { query, columns, language: request.language, money });
  const written = columns.map((column) => column.written);
  if (request.format === 'csv') await writeCsv(to.path, { columns: written, rows: pages.rows }, to.signal);
  else
    await writeWorkbook(
      to.path,
      {
        sheets: [{ name: typeName(domainWords[request.language], definition.type, 'many'), columns: written, rows: pages.rows }],
        mark: workbookMark(work.company, work.actor, request.language),
      },
      to.signal,
    );
  return pages.count();
}

async function refuseTooMany(work: Work, definition: Definition, query: ListQuery): Promise<void> {
  const { count = 0 } = await listRecords(work, definition, { ...query, totals: true, limit: 1 });
  if (count > exportRowsMax) throw new Refusal('export.tooMany', { count, most: exportRowsMax });
}

interface Paging {
  readonly query: ListQuery;
  readonly columns: readonly ExportColumn[];
  readonly language: Language;
  readonly money: { readonly base: number; readonly of: ReadonlyMap<number, number> };
}

const rowsPerPage = 500;

function pagesOf(work: Work, definition: Definition, paging: Paging): { rows: AsyncIterable<CellToWrite[]>; count: () => number } {
  let written = 0;
  async function* rows(): AsyncGenerator<CellToWrite[]> {
    let after: string | null | undefined;
    while (after !== null) {
      const page: ListAnswer = await listRecords(work, definition, { ...paging.query, limit: rowsPerPage, ...(after ? { after } : {}) });
      const allowed = await exportable(work, definition, page);
      const digits = await digitsByRecord(work, definition, paging, page);
      for (const row of page.rows) {
        if (!allowed(row.id)) continue;
        written += 1;
        const setting = {
          language: paging.language,
          timeZone: work.company.timeZone,
          titles: page.titles,
          currencyDigits: digits.get(row.id) ?? paging.money.base,
          baseDigits: paging.money.base,
        };
        yield paging.columns.map((column) => cellOf(column, row.values[column.path], setting));
      }
      after = page.next;
      await nextTurn();
    }
  }
  return { rows: rows(), count: () => written };
}

/** The right to export may reach less far than the right to read. */
async function exportable(work: Work, definition: Definition, page: ListAnswer): Promise<(id: number) => boolean> {
  if (work.actor.reach(definition.type, 'export') === 'all') return () => true;
  const ids = await visibleIds(
    work,
    definition,
    page.rows.map((row) => row.id),
    'export',
  );
  return (id) => ids.has(id);
}

/** A document's money has the digits of its own currency, shown or not. */
async function digitsByRecord(
  work: Work,
  definition: Definition,
  { columns, money }: Paging,
  page: ListAnswer,
): Promise<Map<number, number>> {
  const isForeign = columns.some(({ field }) => field.kind === 'money' && field.in !== 'base');
  if (!isForeign || definition.fields.currency?.kind !== 'link') return new Map();
  const rows = (await work
    .tx(tableOf(definition))
    .whereIn(
      'id',
      page.rows.map((row) => row.id),
    )
    .select('id', 'currency')) as { id: number; currency: number | null }[];
  return new Map(rows.map((row) => [row.id, money.of.get(row.currency ?? 0) ?? money.base]));
}

const keptMs = 3_600_000;

/** A new place in the company's folder; what older exports left there is cleared away. */
export async function placeFor(company: Company, format: string): Promise<string> {
  const folder = join(company.folder, 'exports');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: clock.now() }));
    if (clock.now() - mtimeMs > keptMs) await rm(join(folder, name), { force: true });
  }
  return join(folder, `${randomUUID()}.${format}`);
}
