import type { ExecutionAnswer, ExecutionDocument, ExecutionSummary } from '../../../shared/contracts/trade.ts';
import { type Day, dayOf } from '../../../shared/kernel/days.ts';
import type { AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen, restrict } from '../../access/visibility.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import { load } from '../../engine/load.ts';
import type { Work } from '../../work.ts';
import { type Delivery, deliveriesOf, moneyOver, returnsOf, shipmentsOf } from '../selling/deliveries.ts';

/**
 * How far an order has come: what it came from, what was delivered and paid, what is still open, and the days of its way.
 * Documents that the actor may not see are absent. Refuses 'record.notFound', also for a type that nothing is shipped from.
 */
export async function executionOf(work: Work, definition: Definition, id: number): Promise<ExecutionAnswer> {
  await refuseUnlessSeen(work, definition, id);
  if (!definition.becomes?.stockOut) throw new Refusal('record.notFound', { type: definition.type, id });
  const order = await load(work, definition, id);
  const stockOuts = await deliveriesOf(work, id);
  const deliveries = { part: 'allocations', type: 'stockOut', ids: stockOuts.map((stockOut) => stockOut.id) };
  const returns = await returnsOf(work, id);
  const receipts = [
    ...(await followers(work, definition, order, 'receipt')),
    ...(await followers(work, definition, order, 'settlement')),
    ...(await moneyOver(work, 'receipt', deliveries)),
    ...(await moneyOver(work, 'settlement', deliveries)),
  ];
  const refunds = await moneyOver(work, 'refund', { part: 'credits', type: 'salesReturn', ids: returns.map((one) => one.id) });
  const seen = (document: Follower): boolean => document.isSeen;
  const shownOf = (documents: readonly Follower[]): ExecutionDocument[] => documents.filter(seen).map(shown);
  return {
    type: definition.type,
    id,
    number: String(order.values.number ?? ''),
    day: String(order.values.day),
    state: order.state ?? '',
    summary: summaryOf(work, definition, order),
    quotations: await origins(work, order),
    stockOuts: shownOf(withAmounts(work, definition, stockOuts)),
    receipts: shownOf(receipts),
    notices: shownOf(await followers(work, definition, order, 'deliveryNotice')),
    returns: shownOf(returns),
    refunds: shownOf(refunds),
    shipments: await shipmentsOf(work, id, stockOuts),
    invoices: await invoicesOf(work, definition, order),
    track: [
      { step: 'approved', ...(await approvalOf(work, definition, order)) },
      { step: 'shipped', ...progress(order.values.deliveryState, stockOuts) },
      { step: 'signed', ...signing(order.values.deliveryState, stockOuts) },
      ...(isVisible(work.actor, definition, 'paymentState')
        ? [{ step: 'paid' as const, ...progress(order.values.paymentState, receipts) }]
        : []),
    ],
  };
}

/** Invoices over the order with their numbers at the tax office. */
async function invoicesOf(work: Work, definition: Definition, order: StoredRecord): Promise<ExecutionDocument[]> {
  const found = (await followers(work, definition, order, 'salesInvoice')).filter(({ isSeen }) => isSeen);
  const invoice = work.company.catalogue.get('salesInvoice');
  const hasTotal = isVisible(work.actor, invoice, 'total');
  const rows = (await work
    .tx(tableOf(invoice))
    .whereIn(
      'id',
      found.map(({ id }) => id),
    )
    .select('id', 'invoice_number', 'total')) as { id: number; invoice_number: string | null; total: number }[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.map((document) => {
    const { amount: _quantity, ...own } = shown(document);
    const row = byId.get(document.id);
    return { ...own, ...(hasTotal && row ? { amount: row.total } : {}), ...(row?.invoice_number ? { reference: row.invoice_number } : {}) };
  });
}

export type Follower = ExecutionDocument & { isSeen: boolean };

export const shown = ({ isSeen: _seen, ...document }: Follower): ExecutionDocument => document;

/** Quantities only for whoever may read them on both papers. */
const withAmounts = (work: Work, definition: Definition, deliveries: readonly Delivery[]): Follower[] =>
  isVisible(work.actor, work.company.catalogue.get('stockOut'), 'lines.quantity') && isVisible(work.actor, definition, 'lines.quantity')
    ? deliveries.map(({ signedOn: _day, ...delivery }) => delivery)
    : deliveries.map(({ signedOn: _day, amount: _amount, ...delivery }) => delivery);

const documentsMax = 500;

/** Documents made from this one, the oldest first, with how much of each came from here. */
export async function followers(work: Work, definition: Definition, order: StoredRecord, type: string): Promise<Follower[]> {
  const target = work.company.catalogue.get(type);
  const becoming = definition.becomes?.[type];
  if (!becoming) return [];
  const { part, field } = becoming.into;
  const rows = (await work
    .tx({ rows: partTableOf(target, part) })
    .join({ head: tableOf(target) }, 'head.id', 'rows.parent')
    .where({ 'rows.source': order.id, 'rows.source_type': definition.type })
    .whereNull('head.deleted_at')
    .groupBy('head.id', 'head.number', 'head.day', 'head.state')
    .orderBy([{ column: 'head.day' }, { column: 'head.id' }])
    .limit(documentsMax)
    .select('head.id', 'head.number', 'head.day', 'head.state', work.tx.raw('sum(??) as amount', [`rows.${columnOf(field)}`]))) as {
    id: number;
    number: string;
    day: string;
    state: string;
    amount: number;
  }[];
  const visible = await idsSeen(
    work,
    target,
    rows.map((row) => row.id),
  );
  const hasAmount = isVisible(work.actor, target, `${part}.${field}`) && isVisible(work.actor, definition, limitPath(definition, type));
  return rows.map(({ amount, ...row }) => ({ type, ...row, ...(hasAmount ? { amount } : {}), isSeen: visible.has(row.id) }));
}

function limitPath(definition: Definition, type: string): string {
  const becoming = definition.becomes?.[type];
  return becoming && becoming.each !== 'document' ? `${becoming.each.part}.${becoming.limit}` : (becoming?.limit ?? '');
}

async function idsSeen(work: Work, definition: Definition, ids: readonly number[]): Promise<Set<number>> {
  const table = tableOf(definition);
  const query = work.tx(table).whereIn(`${table}.id`, [...ids]);
  restrict(work, definition, query, 'read');
  return new Set(((await query.select(`${table}.id`)) as { id: number }[]).map((row) => row.id));
}

/** The documents that the order's lines came from. */
export async function origins(work: Work, order: StoredRecord): Promise<ExecutionDocument[]> {
  const rows = (order.parts.lines ?? []).filter((line) => line.sourceType && line.source);
  const found: ExecutionDocument[] = [];
  for (const [type, group] of Map.groupBy(rows, (line) => String(line.sourceType))) {
    const definition = work.company.catalogue.find(type);
    if (!definition) continue;
    const table = tableOf(definition);
    const ids = [...new Set(group.map((line) => Number(line.source)))];
    const query = work.tx(table).whereIn(`${table}.id`, ids).whereNull(`${table}.deleted_at`).orderBy(`${table}.id`);
    restrict(work, definition, query, 'read');
    const heads = (await query.select(
      ['id', 'number', 'day', 'state', ...(definition.fields.total ? ['total'] : [])].map((name) => `${table}.${name}`),
    )) as (ExecutionDocument & { total?: number })[];
    const hasTotal = isVisible(work.actor, definition, 'total');
    found.push(...heads.map(({ total, ...head }) => ({ ...head, type, ...(hasTotal && total !== undefined ? { amount: total } : {}) })));
  }
  return found;
}

function summaryOf(work: Work, definition: Definition, order: StoredRecord): ExecutionSummary {
  const sees = (path: string): boolean => isVisible(work.actor, definition, path);
  const fields = ['customer', 'signedOn', 'deliverBy', 'currency', 'total', 'received', 'openAmount'].filter(sees);
  const lines = order.parts.lines ?? [];
  return {
    ...Object.fromEntries(fields.map((name) => [name, order.values[name]])),
    ...(sees('lines.grossAmount') ? { shippedAmount: lines.reduce((sum, line) => sum + shippedAmountOf(line), 0) } : {}),
    lines: lines.map((line) => ({
      id: line.id,
      item: Number(line.item),
      name: line.name as string | null,
      unit: line.unit as string | null,
      quantity: Number(line.quantity),
      shipped: Number(line.shipped ?? 0),
      open: Math.max(0, Number(line.quantity) - Number(line.shipped ?? 0)),
    })),
  };
}

function shippedAmountOf(line: AnyRow): number {
  const quantity = Number(line.quantity);
  return quantity > 0 ? mulDiv([Number(line.grossAmount ?? 0), Number(line.shipped ?? 0)], [quantity]) : 0;
}

type Track = Omit<ExecutionAnswer['track'][number], 'step'>;

/** The last time it was approved, as long as it is still past that step. */
export async function approvalOf(work: Work, definition: Definition, order: StoredRecord): Promise<Track> {
  const isPast = ['active', 'done'].includes(definition.states?.[order.state ?? '']?.look ?? '');
  const row = (await work
    .tx('audit')
    .where({ type: definition.type, record_id: order.id, action: 'step.approve' })
    .orderBy('seq', 'desc')
    .first('at')) as { at: string } | undefined;
  const at = isPast && row ? dayOf(row.at, work.company.timeZone) : null;
  return { progress: isPast ? 'all' : 'none', first: at, at };
}

/** What the customer signed for: all of it once everything has left and every delivery is signed. */
function signing(deliveryState: unknown, deliveries: readonly Delivery[]): Track {
  const posted = deliveries.filter(({ state }) => state === 'posted');
  const days = posted.flatMap(({ signedOn }) => (signedOn === null ? [] : [signedOn])).sort();
  const isAll = deliveryState === 'all' && days.length > 0 && days.length === posted.length;
  return { progress: isAll ? 'all' : days.length > 0 ? 'part' : 'none', first: days[0] ?? null, at: isAll ? (days.at(-1) ?? null) : null };
}

/** The first day something was done, and the day it was all done. */
export function progress(state: unknown, documents: readonly Follower[]): Track {
  const days = documents.filter((document) => document.state === 'posted').map((document): Day => document.day);
  const done = state === 'all' || state === 'part' ? state : 'none';
  return { progress: done, first: days[0] ?? null, at: done === 'all' ? (days.toSorted().at(-1) ?? null) : null };
}
