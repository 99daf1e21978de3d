import type { Voucher, VoucherEntry, VouchersAnswer } from '../../../shared/contracts/vouchers.ts';
import { genericColumns, layoutColumns, type VoucherCell, type VoucherLayout } from '../../../shared/exchange/voucherLayouts.ts';
import { formatExact } from '../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import type { Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExport } from '../handOuts/noteExport.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { makeVouchers, type VouchersQuery } from './makeVouchers.ts';

export interface VoucherFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The vouchers of some days as a workbook in the columns of an accounting program; who took them out is noted. */
export async function exportVouchers(
  work: Work,
  query: VouchersQuery & { readonly layout: VoucherLayout; readonly language: Language },
): Promise<VoucherFile> {
  const answer = await makeVouchers(work, query);
  const { base } = await exchangeOf(work);
  const words = uiWords[query.language].books;
  const writing: Writing = { language: query.language, digits: base.digits, currency: base.code, maker: await makerOf(work) };
  const columns = columnsOf(query.layout, query.language, base.digits);
  const rows = rowsOf(answer, columns.cells, writing);
  const bytes = await workbookBytes(work.company, {
    sheets: [{ name: words.vouchers, columns: columns.sheet, rows }],
    mark: workbookMark(work.company, work.actor, query.language),
  });
  const count = answer.vouchers.reduce((sum, { entries }) => sum + entries.length, 0);
  const changes = { from: query.from, to: query.to, layout: query.layout, vouchers: answer.vouchers.length, rows: count, format: 'xlsx' };
  await noteExport(work, { type: 'voucher', changes });
  return { name: `${words.vouchers} ${query.from} ${query.to}.xlsx`, bytes };
}

interface Writing {
  readonly language: Language;
  readonly digits: number;
  readonly currency: string;
  readonly maker: string;
}

function columnsOf(layout: VoucherLayout, language: Language, digits: number): { cells: VoucherCell[]; sheet: ColumnToWrite[] } {
  const titles = uiWords[language].books.voucherCells;
  const columns: (readonly [VoucherCell, string])[] =
    layout === 'generic' ? genericColumns.map((cell) => [cell, titles[cell]]) : [...layoutColumns[layout]];
  return {
    cells: columns.map(([cell]) => cell),
    sheet: columns.map(([cell, header]): ColumnToWrite => {
      if (cell === 'debit' || cell === 'credit') return { header, kind: 'number', digits, width: 16 };
      if (cell === 'day') return { header, kind: 'day', width: 12 };
      return { header, kind: cell === 'number' || cell === 'entry' || cell === 'attachments' ? 'number' : 'text', width: 18 };
    }),
  };
}

function* rowsOf({ vouchers }: VouchersAnswer, cells: readonly VoucherCell[], writing: Writing): Generator<CellToWrite[]> {
  for (const voucher of vouchers) {
    for (const [index, entry] of voucher.entries.entries()) yield cells.map((cell) => cellOf(cell, { voucher, entry, index, writing }));
  }
}

interface Row {
  readonly voucher: Voucher;
  readonly entry: VoucherEntry;
  readonly index: number;
  readonly writing: Writing;
}

function cellOf(cell: VoucherCell, { voucher, entry, index, writing }: Row): CellToWrite {
  const words = domainWords[writing.language];
  const money = (amount: number): CellToWrite => (amount === 0 ? null : formatExact(amount, writing.digits));
  switch (cell) {
    case 'day':
      return voucher.day;
    case 'period':
      return voucher.day.slice(0, 7);
    case 'word':
      return '记';
    case 'number':
      return String(voucher.number);
    case 'entry':
      return String(index + 1);
    case 'summary':
      return [typeName(words, voucher.type), voucher.title ?? `×${voucher.documents}`].join(' ');
    case 'code':
      return entry.code;
    case 'name':
      return entry.name;
    case 'currency':
      return writing.currency;
    case 'debit':
      return money(entry.debit);
    case 'credit':
      return money(entry.credit);
    case 'auxiliary':
      return entry.auxiliary;
    case 'auxiliaryKind':
      return entry.auxiliaryKind === null ? null : typeName(words, entry.auxiliaryKind);
    case 'attachments':
      return String(voucher.documents);
    case 'maker':
      return writing.maker;
  }
}

async function makerOf(work: Work): Promise<string> {
  const row = (await work.tx('users').where({ id: work.actor.userId }).first('name')) as { name: string } | undefined;
  return row?.name ?? '';
}
