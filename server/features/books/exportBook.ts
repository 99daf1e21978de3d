import type { BookAnswer, BookRow } from '../../../shared/contracts/trade.ts';
import { formatExact } from '../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { stepName, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import type { Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExport } from '../handOuts/noteExport.ts';
import { sheetPaper } from '../printing/sheetPaper.ts';
import { accountBook } from '../trade/accountBook.ts';
import { exchangeOf } from '../trade/currencies.ts';

interface BookSheet {
  readonly language: Language;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The whole book of an account for some days as a workbook. Refuses what accountBook refuses; who took it out is noted. */
export async function exportBook(work: Work, account: number, query: BookSheet): Promise<{ name: string; bytes: Buffer }> {
  const { book, title, columns, rows } = await wholeBook(work, account, query);
  const bytes = await workbookBytes(work.company, {
    sheets: [{ name: title, columns, rows }],
    mark: workbookMark(work.company, work.actor, query.language),
  });
  await note(work, account, book, 'xlsx');
  return { name: `${title} ${book.from} ${book.to}.xlsx`, bytes };
}

/** The same rows for the paper. Refuses what exportBook refuses, and 'print.tooManyRows'. */
export async function printBook(work: Work, account: number, query: BookSheet) {
  const { book, title, columns, rows } = await wholeBook(work, account, query);
  const { money } = uiWords[query.language];
  const facts = [{ label: money.period, text: `${book.from} — ${book.to}` }];
  const paper = await sheetPaper(work, {
    title: `${money.accountBook} ${title}`,
    facts,
    columns,
    rows: [...rows],
    language: query.language,
  });
  await note(work, account, book, 'pdf');
  return { name: `${title} ${book.from} ${book.to}.pdf`, paper };
}

const note = (work: Work, account: number, book: BookAnswer, format: 'xlsx' | 'pdf'): Promise<void> =>
  noteExport(work, {
    type: 'account',
    recordId: account,
    changes: { from: book.from, to: book.to, rows: book.rows.length, format },
  });

async function wholeBook(work: Work, account: number, query: BookSheet) {
  const first = await accountBook(work, account, { from: query.from, to: query.to });
  const rows = [...first.rows];
  for (let next = first.next; next !== null; ) {
    const page = await accountBook(work, account, { from: query.from, to: query.to, after: next });
    rows.push(...page.rows);
    next = page.next;
  }
  const { name } = (await work.tx('accounts').where({ id: account }).first('name')) as { name: string };
  const { digits } = (await exchangeOf(work)).of(first.currency);
  const book = { ...first, rows };
  return { book, title: name, columns: columnsOf(query.language, digits), rows: cellsOf(book, query.language, digits) };
}

function columnsOf(language: Language, digits: number): ColumnToWrite[] {
  const { general, money, stock, books } = uiWords[language];
  const amount = (header: string): ColumnToWrite => ({ header, kind: 'number', digits, width: 16 });
  return [
    { header: general.day, kind: 'day', width: 12 },
    { header: stock.document, kind: 'text', width: 30 },
    { header: money.step, kind: 'text', width: 14 },
    amount(money.income),
    amount(money.expense),
    amount(money.balance),
    { header: books.ticked, kind: 'text', width: 10 },
  ];
}

function* cellsOf(book: BookAnswer, language: Language, digits: number): Generator<CellToWrite[]> {
  const { money } = uiWords[language];
  const words = domainWords[language];
  const amount = (value: number): CellToWrite => (value === 0 ? null : formatExact(value, digits));
  yield [book.from, money.opening, null, null, null, formatExact(book.opening, digits), null];
  for (const row of book.rows) {
    const document = `${typeName(words, row.type)} ${row.number ?? ''}`.trim();
    const sides = [amount(row.debit), amount(row.credit), formatExact(row.balance, digits)];
    yield [row.day, document, stepName(words, row.type, row.step), ...sides, tickOf(row)];
  }
  const sums = [amount(book.debit), amount(book.credit), formatExact(book.closing, digits)];
  yield [book.to, money.closing, null, ...sums, null];
}

const tickOf = (row: BookRow): CellToWrite => (row.isReconciled ? '✓' : null);
