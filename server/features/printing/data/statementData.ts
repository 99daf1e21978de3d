import type { StatementAnswer, StatementRow } from '../../../../shared/contracts/trade.ts';
import { formatExact, SCALE } from '../../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { stepName, typeName } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import type { PrintData, PrintFields, PrintValue } from '../../../../shared/printing/printData.ts';
import { inLanguage, type PrintTemplate } from '../../../../shared/printing/template.ts';
import { trimRecord } from '../../../access/trim.ts';
import { load } from '../../../engine/load.ts';
import type { Work } from '../../../work.ts';
import { type CurrencyRow, exchangeOf } from '../../trade/currencies.ts';
import { letterheadOf, practiceMark } from './letterhead.ts';
import { textOf } from './printValue.ts';

/** A statement of account of a customer or supplier as the paper takes it. The actor has been found to be allowed to see customer and figures. */
export async function statementData(
  work: Work,
  party: { type: 'customer' | 'supplier'; id: number },
  of: { statement: StatementAnswer; template: PrintTemplate; language: Language },
): Promise<PrintData> {
  const { statement, template, language } = of;
  const currency = (await exchangeOf(work)).of(statement.currency);
  const money = (value: number): PrintValue => ({ kind: 'money', value, currency: currency.code, digits: currency.digits });
  return {
    type: template.type,
    title: inLanguage(template.label, language),
    number: '',
    state: '',
    fields: filled({ period: `${statement.from} — ${statement.to}`, currency: currency.code }),
    lineFields: ['day', 'document', 'number', 'remark', 'debit', 'credit', 'balance', 'invoiced', 'invoicedOn'],
    lines: statement.rows.flatMap((row) => [lineOf(row, currency, language), ...goodsOf(row, currency)]),
    totals: { opening: money(statement.opening), closing: money(statement.closing) },
    company: await letterheadOf(work),
    ...practiceMark(work),
    customer: await partyFields(work, party),
    people: filled({ maker: work.actor.name }),
    labels: {},
  };
}

/** The goods of a document, a line for each below it. */
function goodsOf(row: StatementRow, currency: CurrencyRow): PrintFields[] {
  return (row.goods ?? []).map((line) => {
    const quantity = formatExact(line.quantity, SCALE.quantity, { trim: true });
    const price = line.grossPrice === undefined ? '' : ` × ${formatExact(line.grossPrice, SCALE.price, { trim: true, minDigits: 2 })}`;
    const amount = formatExact(line.grossAmount, currency.digits, { group: true });
    return filled({ remark: `${line.name} ${line.spec ?? ''} ${quantity}${line.unit ?? ''}${price} = ${amount}`.replace(/\s+/g, ' ') });
  });
}

function lineOf(row: StatementRow, currency: CurrencyRow, language: Language): PrintFields {
  const money = (value: number): PrintValue => ({ kind: 'money', value, currency: currency.code, digits: currency.digits });
  const words = domainWords[language];
  return {
    day: { kind: 'day', value: row.day },
    ...filled({
      document: typeName(words, row.type),
      number: row.number ?? '',
      // Only what is out of the ordinary is said: that a document was taken back.
      remark: row.isMirror ? stepName(words, row.type, row.step) : '',
    }),
    ...(row.debit === 0 ? {} : { debit: money(row.debit) }),
    ...(row.credit === 0 ? {} : { credit: money(row.credit) }),
    balance: money(row.balance),
    // Who invoices nothing has no column of zeros.
    ...(row.invoiced ? { invoiced: money(row.invoiced) } : {}),
    ...(row.invoicedOn ? { invoicedOn: { kind: 'day', value: row.invoicedOn } } : {}),
  };
}

async function partyFields(work: Work, { type, id }: { type: 'customer' | 'supplier'; id: number }): Promise<PrintFields> {
  const definition = work.company.catalogue.get(type);
  const { values } = trimRecord(work.actor, definition, await load(work, definition, id));
  const texts = ['name', 'address', 'phone', 'fax', 'taxNumber', 'bank', 'bankAccount'].map((name) => [name, String(values[name] ?? '')]);
  return filled({ ...Object.fromEntries(texts), contact: type === 'customer' ? await mainContact(work, id) : '' });
}

async function mainContact(work: Work, customer: number): Promise<string> {
  if (work.actor.reach('contact', 'read') === 'none') return '';
  const row = (await work.tx('contacts').where({ customer }).whereNull('deleted_at').orderBy('main', 'desc').orderBy('id').first('name')) as
    | { name: string }
    | undefined;
  return row?.name ?? '';
}

function filled(texts: Readonly<Record<string, string>>): PrintFields {
  const entries = Object.entries(texts).map(([name, text]) => [name, textOf(text)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, PrintValue] => entry[1] !== undefined));
}
