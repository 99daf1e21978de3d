import type { LotStockAnswer, LotStockRow } from '../../../shared/contracts/lots.ts';
import { formatExact, SCALE } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { fieldName, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { refuseUnlessMay } from '../../access/visibility.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExported } from '../handOuts/noteExport.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { type LotStockQuery, lotStock } from './lotStock.ts';

const rowsMax = 50_000;

/**
 * What lies where of each batch as a workbook, as it is shown. How many rows left the house is audited. Refuses 'access.denied'
 * without the right to export batches, 'export.tooMany' {count, most}.
 */
export async function exportLots(
  company: Company,
  actor: Actor,
  query: LotStockQuery,
  language: Language,
): Promise<{ name: string; bytes: Buffer }> {
  const name = uiWords[language].lots.title;
  const { rows, bytes } = await look(company, actor, async (work) => {
    refuseUnlessMay(work, company.catalogue.get('lot'), 'export');
    const found = await allRows(work, query, language);
    const sheet = { name, columns: columnsIn(language, actor.special.has('see.cost')), rows: found };
    return { rows: found.length, bytes: await workbookBytes(company, { sheets: [sheet], mark: workbookMark(company, actor, language) }) };
  });
  const changes = { rows, format: 'xlsx', of: 'lotStock', query: { ...query } };
  await noteExported(company, actor, { type: 'lot', changes });
  return { name: `${name}.xlsx`, bytes };
}

async function allRows(work: Work, query: LotStockQuery, language: Language): Promise<CellToWrite[][]> {
  const { digits } = (await exchangeOf(work)).base;
  const rows: CellToWrite[][] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: LotStockAnswer = await lotStock(work, { ...query, limit: 500, ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows.map((row) => cellsOf(row, page, { language, digits })));
    if (rows.length > rowsMax) throw new Refusal('export.tooMany', { count: rows.length, most: rowsMax });
    after = page.next;
  }
  return rows;
}

function columnsIn(language: Language, withValue: boolean): ColumnToWrite[] {
  const words = domainWords[language];
  const { lots } = uiWords[language];
  const text = (header: string, width = 16): ColumnToWrite => ({ header, kind: 'text', width });
  const number = (header: string): ColumnToWrite => ({ header, kind: 'number', width: 12 });
  const day = (field: string): ColumnToWrite => ({ header: fieldName(words, 'lot', field), kind: 'day', width: 12 });
  return [
    text(fieldName(words, 'lot', 'number'), 20),
    text(fieldName(words, 'item', 'code'), 12),
    text(typeName(words, 'item'), 24),
    text(lots.place),
    number(lots.held),
    text(fieldName(words, 'item', 'unit'), 8),
    day('madeOn'),
    day('expiresOn'),
    number(lots.daysLeft),
    text(fieldName(words, 'lot', 'blocked'), 8),
    ...(withValue ? [number(lots.value)] : []),
  ];
}

function cellsOf(
  row: LotStockRow,
  { titles }: LotStockAnswer,
  { language, digits }: { language: Language; digits: number },
): CellToWrite[] {
  const places = uiWords[language].warehousing.places as Readonly<Record<string, string>>;
  const title = titles[row.kind === 'lent' ? 'customer' : 'warehouse']?.[row.place];
  return [
    row.number,
    row.code ?? undefined,
    row.name,
    [places[row.kind], title].filter(Boolean).join(' '),
    formatExact(row.held, SCALE.quantity, { trim: true }),
    row.unit,
    row.madeOn ?? undefined,
    row.expiresOn ?? undefined,
    row.daysLeft === null ? undefined : String(row.daysLeft),
    row.blocked ? uiWords[language].general.yes : undefined,
    ...(row.value === undefined ? [] : [formatExact(row.value, digits)]),
  ];
}
