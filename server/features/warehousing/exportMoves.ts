import type { StockMoveRow, StockMovesAnswer } from '../../../shared/contracts/stock.ts';
import { formatExact, SCALE } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { stepName, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { refuseUnlessMay } from '../../access/visibility.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExported } from '../handOuts/noteExport.ts';
import { type MovesQuery, stockMoves } from '../trade/stockMoves.ts';

export interface MovesWorkbook {
  readonly name: string;
  readonly bytes: Buffer;
}

const rowsMax = 50_000;

/**
 * The movement ledger as a workbook, as it is shown. How many rows left the house is audited. Refuses 'access.denied' without the
 * right to export items, 'export.tooMany' {count, most}, and what stockMoves refuses.
 */
export async function exportMoves(company: Company, actor: Actor, query: MovesQuery, language: Language): Promise<MovesWorkbook> {
  const words = uiWords[language].warehousing;
  const { rows, bytes } = await look(company, actor, async (work) => {
    refuseUnlessMay(work, company.catalogue.get('item'), 'export');
    const found = await allRows(work, query, language);
    const sheet = { name: words.movements, columns: columnsIn(language), rows: found };
    return { rows: found.length, bytes: await workbookBytes(company, { sheets: [sheet], mark: workbookMark(company, actor, language) }) };
  });
  const changes = { rows, format: 'xlsx', of: 'stockMoves', query: { ...query } };
  await noteExported(company, actor, { type: 'item', changes });
  return { name: `${words.movements}.xlsx`, bytes };
}

async function allRows(work: Work, query: MovesQuery, language: Language): Promise<CellToWrite[][]> {
  const rows: CellToWrite[][] = [];
  for (let after: number | null | undefined; after !== null; ) {
    const page: StockMovesAnswer = await stockMoves(work, { ...query, limit: 500, ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows.map((row) => cellsOf(row, page, language)));
    if (rows.length > rowsMax) throw new Refusal('export.tooMany', { count: rows.length, most: rowsMax });
    after = page.next;
  }
  return rows;
}

function columnsIn(language: Language): ColumnToWrite[] {
  const { stock, general, warehousing } = uiWords[language];
  const text = (header: string, width = 16): ColumnToWrite => ({ header, kind: 'text', width });
  const number = (header: string): ColumnToWrite => ({ header, kind: 'number', width: 12 });
  return [
    { header: general.day, kind: 'day', width: 12 },
    text(typeName(domainWords[language], 'item'), 24),
    text(stock.document, 24),
    text(general.state, 12),
    text(warehousing.from),
    text(warehousing.to),
    number(stock.before),
    number(stock.change),
    number(stock.after),
    text(general.user, 12),
  ];
}

function cellsOf(row: StockMoveRow, { titles }: StockMovesAnswer, language: Language): CellToWrite[] {
  const words = domainWords[language];
  const places = uiWords[language].warehousing.places as Readonly<Record<string, string>>;
  const place = (id: number | null, kind: string) =>
    [places[kind], id === null ? undefined : titles.warehouse?.[id]].filter(Boolean).join(' ');
  const exact = (value: number) => formatExact(value, SCALE.quantity, { trim: true });
  return [
    row.day,
    titles.item?.[row.item],
    `${typeName(words, row.type)} ${row.number ?? ''}`.trim(),
    stepName(words, row.type, row.step),
    place(row.from, row.fromKind),
    place(row.to, row.toKind),
    exact(row.before),
    exact(row.quantity),
    exact(row.after),
    titles.user?.[row.user],
  ];
}
