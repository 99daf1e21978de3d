import type { StatementRow } from '../../../shared/contracts/trade.ts';
import type { Side } from '../../../shared/documents/money/sides.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import { visibleIds } from '../../access/visibility.ts';
import { loadRecords } from '../../database/rows.ts';
import { kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { keyOf } from '../trade/documentNumbers.ts';
import { invoicedOver } from './invoicedOver.ts';
import { debtTypes } from './openDebts.ts';

interface Asked {
  readonly side: Side;
  readonly party: number;
  readonly currency: number;
  readonly from: Day;
  readonly to: Day;
}

/** What came from each outside place in the period (above zero) or went there: sales, money, discounts, refunds, what was netted. */
export async function kindsOf(work: Work, { side, party, currency, from, to }: Asked): Promise<Record<string, number>> {
  const places = work.company.catalogue.ledger(side.ledger).outside.map((kind) => `${kind}:${currency}`);
  const moves = () => work.tx('moves').where({ ledger: side.ledger, subject: party }).whereBetween('day', [from, to]);
  const came = moves().whereIn('from_place', places).groupBy('from_place').select({ place: 'from_place' }).sum({ amount: 'amount' });
  const went = moves().whereIn('to_place', places).groupBy('to_place').select({ place: 'to_place' }).sum({ amount: 'amount' });
  const kinds: Record<string, number> = {};
  const add = (rows: { place: string; amount: number }[], sign: 1 | -1) => {
    for (const { place, amount } of rows) {
      const kind = kindOfPlace(place);
      kinds[kind] = (kinds[kind] ?? 0) + sign * Number(amount);
    }
  };
  add((await came) as { place: string; amount: number }[], 1);
  add((await went) as { place: string; amount: number }[], -1);
  return Object.fromEntries(Object.entries(kinds).filter(([, amount]) => amount !== 0));
}

/** Puts what was invoiced of a document beside the row with which it came to be owed, as far as the actor may see the document. */
export async function withInvoices(work: Work, side: Side, rows: readonly StatementRow[]): Promise<StatementRow[]> {
  const debts = new Set(debtTypes(work, side).map(({ type }) => type));
  const makesDebt = (row: StatementRow): boolean =>
    !row.isMirror && row.number !== undefined && (debts.has(row.type) ? row.debit > 0 : row.credit > 0);
  const found = await invoicedOver(work, rows.filter(makesDebt));
  return rows.map((row) => {
    const { invoiced = null, invoicedOn = null } = (makesDebt(row) ? found.get(keyOf(row)) : null) ?? {};
    return invoiced === null ? row : { ...row, invoiced, invoicedOn };
  });
}

/** Puts the goods of each document below it, as far as the actor may see the document and its amounts. */
export async function withGoods(work: Work, rows: readonly StatementRow[]): Promise<StatementRow[]> {
  const goods = new Map<string, NonNullable<StatementRow['goods']>>();
  for (const [type, group] of Map.groupBy(rows, (row) => row.type)) {
    const definition = work.company.catalogue.find(type);
    if (!definition || !listsGoods(work, definition)) continue;
    const ids = [...(await visibleIds(work, definition, [...new Set(group.map((row) => row.id))]))];
    for (const record of await loadRecords(work.tx, definition, ids, { parts: true })) {
      goods.set(`${type}:${record.id}`, (record.parts.lines ?? []).map(goodsOf));
    }
  }
  return rows.map((row) => {
    const lines = row.isMirror ? undefined : goods.get(`${row.type}:${row.id}`);
    return lines ? { ...row, goods: lines } : row;
  });
}

const listsGoods = (work: Work, definition: Definition): boolean => {
  const fields = definition.parts.lines?.fields ?? {};
  return ['item', 'quantity', 'grossAmount'].every((name) => fields[name] && isVisible(work.actor, definition, `lines.${name}`));
};

const goodsOf = (line: AnyRow): NonNullable<StatementRow['goods']>[number] => ({
  name: String(line.name ?? ''),
  ...(line.spec ? { spec: String(line.spec) } : {}),
  ...(line.unit ? { unit: String(line.unit) } : {}),
  quantity: Number(line.quantity ?? 0),
  ...(line.grossPrice === null || line.grossPrice === undefined ? {} : { grossPrice: Number(line.grossPrice) }),
  grossAmount: Number(line.grossAmount ?? 0),
});
