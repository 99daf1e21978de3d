import type { YearAnswer } from '../../../shared/contracts/closing.ts';
import { formatExact } from '../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import type { Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { yearReport } from './yearClosing.ts';

/** What a year hands to the next as a workbook: a sheet for the goods and one for what is owed and held. Refuses what yearReport refuses. */
export async function exportYear(work: Work, year: string, language: Language): Promise<{ name: string; bytes: Buffer; rows: number }> {
  const report = await yearReport(work, year);
  const exchange = await exchangeOf(work);
  const words = uiWords[language];
  const name = `${words.books.yearReport} ${year}`;
  const digitsOf = (currency: number): number => exchange.of(currency).digits;
  const goods = [...goodsRows(report, exchange.base.digits)];
  const money = [...moneyRows(report, language, { digitsOf, base: exchange.base.id })];
  const bytes = await workbookBytes(work.company, {
    mark: workbookMark(work.company, work.actor, language),
    sheets: [
      {
        name: typeName(domainWords[language], 'item'),
        columns: goodsColumns(language, exchange.base.digits),
        rows: goods,
      },
      {
        name: words.books.yearBalances,
        columns: moneyColumns(language),
        rows: money,
      },
    ],
  });
  return { name: `${name}.xlsx`, bytes, rows: goods.length + money.length };
}

function goodsColumns(language: Language, digits: number): ColumnToWrite[] {
  const { stock } = uiWords[language];
  return [
    { header: typeName(domainWords[language], 'item'), kind: 'text', width: 36 },
    { header: stock.currentQuantity, kind: 'number', digits: 6, width: 16 },
    { header: stock.currentValue, kind: 'number', digits, width: 16 },
  ];
}

function* goodsRows({ figures, titles }: YearAnswer, digits: number): Generator<CellToWrite[]> {
  for (const { item, quantity, value } of figures.stock)
    yield [titles.item?.[item] ?? String(item), formatExact(quantity, 6), formatExact(value, digits)];
}

function moneyColumns(language: Language): ColumnToWrite[] {
  const { books, general } = uiWords[language];
  return [
    { header: books.yearKind, kind: 'text', width: 16 },
    { header: books.yearWhose, kind: 'text', width: 36 },
    { header: typeName(domainWords[language], 'currency'), kind: 'text', width: 10 },
    { header: general.amount, kind: 'text', width: 18 },
  ];
}

interface Money {
  readonly digitsOf: (currency: number) => number;
  readonly base: number;
}

function* moneyRows({ figures, titles }: YearAnswer, language: Language, { digitsOf, base }: Money): Generator<CellToWrite[]> {
  const kinds = uiWords[language].books.yearKinds;
  const money = (currency: number, amount: number): CellToWrite[] => [
    titles.currency?.[currency] ?? '',
    formatExact(amount, digitsOf(currency)),
  ];
  for (const { party, currency, amount } of figures.receivable)
    yield [kinds.receivable, titles.customer?.[party] ?? '', ...money(currency, amount)];
  for (const { party, currency, amount } of figures.payable)
    yield [kinds.payable, titles.supplier?.[party] ?? '', ...money(currency, amount)];
  for (const { account, currency, amount } of figures.cash) yield [kinds.cash, titles.account?.[account] ?? '', ...money(currency, amount)];
  for (const { user, amount } of figures.advance) yield [kinds.advance, titles.user?.[user] ?? '', ...money(base, amount)];
}
