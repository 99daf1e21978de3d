import type { StatementAnswer, StatementRow } from '../../../shared/contracts/trade.ts';
import { formatExact, SCALE } from '../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { stepName, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { refuseUnlessMay } from '../../access/visibility.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExported } from '../handOuts/noteExport.ts';
import { exchangeOf } from '../trade/currencies.ts';
import type { Statement, StatementQuery } from '../trade/customerBalance.ts';
import { partyWords, wholeStatement } from '../trade/statementPaper.ts';

interface Asked {
  readonly of: Statement;
  readonly language: Language;
  readonly query: StatementQuery;
}

/**
 * A statement as a workbook, the same rows as on screen and paper. That it left the house is audited. Refuses 'access.denied'
 * without the right to export customers or suppliers, and what statementOf refuses.
 */
export async function statementWorkbook(company: Company, actor: Actor, asked: Asked): Promise<{ bytes: Buffer; fileName: string }> {
  const { of, language } = asked;
  const { statement, name, bytes } = await look(company, actor, async (work) => {
    refuseUnlessMay(work, company.catalogue.get(of.side.party), 'export');
    const statement = await wholeStatement(work, of, asked.query);
    const { name } = await partyWords(work, of, language);
    const { digits } = (await exchangeOf(work)).of(statement.currency);
    const sheet = { name: name.slice(0, 28), columns: columnsIn(of, language), rows: rowsOf(statement, digits, language) };
    return { statement, name, bytes: await workbookBytes(company, { sheets: [sheet], mark: workbookMark(company, actor, language) }) };
  });
  const changes = { rows: statement.rows.length, format: 'xlsx', of: 'statement' };
  await noteExported(company, actor, { type: of.side.party, recordId: of.party, changes });
  const title = uiWords[language].money.statement;
  return { bytes, fileName: `${title} ${name} ${statement.from}—${statement.to}.xlsx` };
}

function columnsIn({ side }: Statement, language: Language): ColumnToWrite[] {
  const { general, money, stock, finance } = uiWords[language];
  const text = (header: string, width = 16): ColumnToWrite => ({ header, kind: 'text', width });
  const number = (header: string): ColumnToWrite => ({ header, kind: 'number', width: 14 });
  return [
    { header: general.day, kind: 'day', width: 12 },
    text(stock.document, 30),
    text(money.step),
    number(money.debit),
    number(money.credit),
    number(money.balance),
    number(finance.invoiced[side.party]),
    { header: finance.invoicedOn[side.party], kind: 'day', width: 14 },
  ];
}

function rowsOf(statement: StatementAnswer, digits: number, language: Language): CellToWrite[][] {
  const { money } = uiWords[language];
  const amount = (value: number) => formatExact(value, digits, {});
  return [
    [statement.from, money.opening, '', null, null, amount(statement.opening), null, null],
    ...statement.rows.flatMap((row) => [cellsOf(row, amount, language), ...goodsRows(row, amount)]),
    [statement.to, money.closing, '', amount(statement.debit), amount(statement.credit), amount(statement.closing), null, null],
  ];
}

function cellsOf(row: StatementRow, amount: (value: number) => string, language: Language): CellToWrite[] {
  const words = domainWords[language];
  const side = (value: number) => (value === 0 ? null : amount(value));
  return [
    row.day,
    `${typeName(words, row.type)} ${row.number ?? ''}`.trim(),
    stepName(words, row.type, row.step),
    side(row.debit),
    side(row.credit),
    amount(row.balance),
    row.invoiced === undefined ? null : amount(row.invoiced),
    row.invoicedOn ?? null,
  ];
}

const goodsRows = (row: StatementRow, amount: (value: number) => string): CellToWrite[][] =>
  (row.goods ?? []).map((line) => {
    const quantity = `${formatExact(line.quantity, SCALE.quantity, { trim: true })}${line.unit ?? ''}`;
    return [null, `　${line.name} ${line.spec ?? ''}`.trimEnd(), `${quantity} = ${amount(line.grossAmount)}`, null, null, null, null, null];
  });
