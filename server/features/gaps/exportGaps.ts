import type { GapsAnswer } from '../../../shared/contracts/trade.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { choiceName, fieldName, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import type { Work } from '../../work.ts';
import type { CellToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { type GapsQuery, numberGaps } from './numberGaps.ts';

export interface GapsWorkbook {
  readonly name: string;
  readonly bytes: Buffer;
  readonly rows: number;
}

/** The gaps of a type's numbers as a workbook, one number a row. Refuses what numberGaps refuses. */
export async function exportGaps(work: Work, definition: Definition, query: GapsQuery, language: Language): Promise<GapsWorkbook> {
  const words = uiWords[language].settings;
  const type = typeName(domainWords[language], definition.type, 'many');
  const columns = [
    fieldName(domainWords[language], definition.type, definition.numbering?.field ?? ''),
    words.gapKind,
    words.gapSeries,
    words.gapLast,
  ].map((header, index) => ({ header, kind: index === 3 ? ('number' as const) : ('text' as const), width: 22 }));
  const rows = await Array.fromAsync(rowsOf(work, definition, query, language));
  const sheet = { name: type, columns, rows };
  const bytes = await workbookBytes(work.company, { sheets: [sheet], mark: workbookMark(work.company, work.actor, language) });
  return { name: `${words.gaps} ${type} ${work.today}.xlsx`, bytes, rows: rows.length };
}

async function* rowsOf(work: Work, definition: Definition, query: GapsQuery, language: Language): AsyncGenerator<CellToWrite[]> {
  const words = uiWords[language].settings;
  const kinds = words.gapKinds;
  for (let after: string | null | undefined; after !== null; ) {
    const page: GapsAnswer = await numberGaps(work, definition, { ...query, ...(after === undefined ? {} : { after }) });
    for (const { period, last, missing, ...named } of page.rows) {
      const of = [bookName(period, language), String(last)];
      for (const number of missing) yield [number, kinds.missing, ...of];
      for (const { number } of named.void) yield [number, kinds.void, ...of];
      for (const { number } of named.deleted) yield [number, kinds.deleted, ...of];
      for (const { number, reason } of named.skipped) yield [number, `${kinds.skipped}: ${reason ?? words.skippedByRestore}`, ...of];
      for (const { number } of named.red ?? []) yield [number, kinds.red, ...of];
    }
    after = page.next;
  }
}

/** The book of invoices in words: its kind, and its numbers with … where the serial stands. */
function bookName(period: string, language: Language): string {
  const [kind, rest] = period.split('|');
  const shown = (rest ?? period).replace('#', '…');
  return rest === undefined ? shown : `${choiceName(domainWords[language], 'salesInvoice', 'invoiceKind', kind ?? '')} ${shown}`;
}
