import type { Knex } from 'knex';
import { invoicedSumsOf } from '../../../shared/documents/money/invoiced.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { mulDiv, sumOf } from '../../../shared/kernel/numbers.ts';
import { isVisible } from '../../access/trim.ts';
import { chunksOf } from '../../database/codec.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import { fedStates, standingRows } from '../../ledger/standing.ts';
import type { Work } from '../../work.ts';
import { type DocumentReference, keyOf } from '../trade/documentNumbers.ts';
import { type Billed, type Delivered, pourInvoices } from './pourInvoices.ts';

/**
 * What was invoiced of a document so far, in minor units of its currency, and the day of the last invoice that still stands. Red-letter
 * invoices are taken off. Both are null where nothing of it can be invoiced, or the reader may not see what is.
 */
export interface Invoiced {
  readonly invoiced: number | null;
  readonly invoicedOn: Day | null;
}

/** Nothing of it can be invoiced. */
export const notInvoiced: Invoiced = { invoiced: null, invoicedOn: null };

/** What was invoiced of each of these documents, by keyOf(reference); what cannot be invoiced is missing. A few statements for all of them. */
export async function invoicedOver(work: Work, references: readonly DocumentReference[]): Promise<ReadonlyMap<string, Invoiced>> {
  return gathered(references, (type) => {
    const definition = work.company.catalogue.find(type);
    if (!definition) return undefined;
    return keepsInvoiced(work, definition) ? (ids) => keptOn(work, definition, ids) : countersOf(work)[type];
  });
}

/** The rows with what was invoiced of each; what the document says of itself stands there already. */
export async function withCounted<R extends DocumentReference>(work: Work, rows: readonly R[]): Promise<(R & Invoiced)[]> {
  const counters = countersOf(work);
  const counted = await gathered(rows, (type) => counters[type]);
  return rows.map((row) => ({ ...notInvoiced, ...row, ...counted.get(keyOf(row)) }));
}

/** Whether documents of this type say themselves how much of them is invoiced, and the reader may know it. */
export const keepsInvoiced = (work: Work, definition: Definition): boolean =>
  ['invoicedTotal', 'lastInvoicedOn'].every((field) => definition.fields[field] && isVisible(work.actor, definition, field));

type Counter = (ids: readonly number[]) => Promise<ReadonlyMap<number, Invoiced>>;

async function gathered(
  references: readonly DocumentReference[],
  counterOf: (type: string) => Counter | undefined,
): Promise<ReadonlyMap<string, Invoiced>> {
  const found = new Map<string, Invoiced>();
  for (const [type, group] of Map.groupBy(references, (reference) => reference.type)) {
    const counter = counterOf(type);
    if (!counter) continue;
    for (const ids of chunksOf([...new Set(group.map(({ id }) => id))], 1)) {
      for (const [id, invoiced] of await counter(ids)) found.set(keyOf({ type, id }), invoiced);
    }
  }
  return found;
}

async function keptOn(work: Work, definition: Definition, ids: readonly number[]): Promise<ReadonlyMap<number, Invoiced>> {
  const rows = (await work
    .tx(tableOf(definition))
    .whereIn('id', [...ids])
    .select('id', { invoiced: columnOf('invoicedTotal'), day: columnOf('lastInvoicedOn') })) as {
    id: number;
    invoiced: number | null;
    day: Day | null;
  }[];
  return new Map(rows.map(({ id, invoiced, day }) => [id, { invoiced: invoiced ?? 0, invoicedOn: day }]));
}

/** Open items that are invoiced by way of another document, as far as the reader may see amounts there. */
function countersOf(work: Work): Readonly<Record<string, Counter>> {
  const type = (name: string): Definition => work.company.catalogue.get(name);
  const [order, stockOut, stockIn, red] = [type('salesOrder'), type('stockOut'), type('stockIn'), type('redInvoice')];
  const sees = (definition: Definition, field: string): boolean => isVisible(work.actor, definition, field);
  return {
    ...(keepsInvoiced(work, order) && sees(stockOut, 'total') ? { stockOut: (ids) => ofDeliveries(work, { order, stockOut }, ids) } : {}),
    ...(keepsInvoiced(work, stockIn) ? { purchaseOrder: (ids) => ofPurchases(work, stockIn, ids) } : {}),
    ...(sees(red, 'total') && sees(type('salesReturn'), 'total') ? { salesReturn: (ids) => ofReturns(work, red, ids) } : {}),
  };
}

/** A delivery that made the debt is invoiced by way of its order. */
async function ofDeliveries(
  work: Work,
  { order, stockOut }: { order: Definition; stockOut: Definition },
  ids: readonly number[],
): Promise<ReadonlyMap<number, Invoiced>> {
  const asked = new Set(ids);
  const lines = partTableOf(stockOut, 'lines');
  const rowsAsked = () =>
    work
      .tx(lines)
      .whereIn('parent', [...ids])
      .whereNotNull('order_row')
      .select('order_row');
  const delivered = Map.groupBy(await deliveredOf(work, stockOut, rowsAsked()), (line) => line.row);
  const billed = Map.groupBy(await billedOf(work, order, rowsAsked()), (invoice) => invoice.row);
  const shares = new Map<number, { amounts: number[]; days: Day[] }>(ids.map((id) => [id, { amounts: [], days: [] }]));
  for (const [row, group] of delivered) {
    const reached = pourInvoices(group, billed.get(row) ?? []);
    for (const { line, delivery, quantity, gross } of group) {
      const part = asked.has(delivery) ? reached.get(line) : undefined;
      if (!part) continue;
      shares.get(delivery)?.amounts.push(mulDiv([gross, part.quantity], [quantity]));
      shares.get(delivery)?.days.push(part.day);
    }
  }
  return new Map([...shares].map(([id, { amounts, days }]) => [id, { invoiced: sumOf(amounts), invoicedOn: days.sort().at(-1) ?? null }]));
}

type DeliveredRow = Delivered & { row: number; delivery: number; gross: number };

/** Everything that left of these order rows, the first first. */
async function deliveredOf(work: Work, stockOut: Definition, rows: Knex.QueryBuilder): Promise<DeliveredRow[]> {
  return (await work
    .tx({ r: partTableOf(stockOut, 'lines') })
    .join({ d: tableOf(stockOut) }, 'd.id', 'r.parent')
    .whereNull('d.deleted_at')
    .whereIn('d.state', fedStates(stockOut))
    .whereIn('r.order_row', rows)
    .where('r.quantity', '>', 0)
    .orderBy(['d.day', 'd.id', 'r.id'])
    .select({ line: 'r.id', delivery: 'd.id', row: 'r.order_row', quantity: 'r.quantity' })
    .select(work.tx.raw('coalesce(r.returned, 0) as returned, coalesce(r.gross_amount, 0) as gross'))) as DeliveredRow[];
}

/** What stands of the invoices over these order rows, the first first. */
async function billedOf(work: Work, order: Definition, rows: Knex.QueryBuilder): Promise<(Billed & { row: number })[]> {
  const dates = order.becomes?.salesInvoice?.dates;
  if (!dates) throw new Error('An order keeps no day of its invoices');
  return (await standingRows(work, order, dates)
    .whereIn('r.source_row', rows)
    .orderBy(['d.day', 'd.id', 'r.id'])
    .select({ row: 'r.source_row', day: 'd.day' })
    .select(work.tx.raw('r.quantity - coalesce(r.reddened, 0) as quantity'))) as (Billed & { row: number })[];
}

/** A return is invoiced by the red-letter invoices that name it. */
async function ofReturns(work: Work, red: Definition, ids: readonly number[]): Promise<ReadonlyMap<number, Invoiced>> {
  const rows = (await work
    .tx(tableOf(red))
    .whereNull('deleted_at')
    .whereIn('state', fedStates(red))
    .whereIn('sales_return', [...ids])
    .groupBy('sales_return')
    .select({ id: 'sales_return' })
    .sum({ total: 'total' })
    .max({ day: 'day' })) as { id: number; total: number; day: Day }[];
  const found = new Map(rows.map(({ id, total, day }) => [id, { invoiced: 0 - Number(total), invoicedOn: day }]));
  return new Map(ids.map((id) => [id, found.get(id) ?? { invoiced: 0, invoicedOn: null }]));
}

/** A purchase order that is owed itself is invoiced by way of the goods that came in on it. */
async function ofPurchases(work: Work, stockIn: Definition, ids: readonly number[]): Promise<ReadonlyMap<number, Invoiced>> {
  const rows = (await work
    .tx({ r: partTableOf(stockIn, 'lines') })
    .join({ d: tableOf(stockIn) }, 'd.id', 'r.parent')
    .whereNull('d.deleted_at')
    .whereIn('d.state', fedStates(stockIn))
    .where('r.source_type', 'purchaseOrder')
    .whereIn('r.source', [...ids])
    .select({ id: 'r.id', order: 'r.source', quantity: 'r.quantity', invoiced: 'r.invoiced', grossAmount: 'r.gross_amount' })
    .select({ day: 'd.last_invoiced_on' })) as {
    id: number;
    order: number;
    quantity: number;
    invoiced: number | null;
    grossAmount: number;
    day: Day | null;
  }[];
  const byOrder = Map.groupBy(rows, ({ order }) => order);
  return new Map(
    ids.map((id) => {
      const lines = byOrder.get(id) ?? [];
      const days = lines.flatMap(({ invoiced, day }) => (invoiced && day ? [day] : []));
      return [id, { invoiced: invoicedSumsOf(lines).invoicedTotal, invoicedOn: days.sort().at(-1) ?? null }];
    }),
  );
}
