import type { ExecutionDocument, Shipment } from '../../../shared/contracts/trade.ts';
import { trackAt } from '../../../shared/documents/delivery/shipment.ts';
import { isVisible } from '../../access/trim.ts';
import { visibleIds } from '../../access/visibility.ts';
import { partTableOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/** A document that followed from an order, also through others; `isSeen` tells whether the actor may see it. */
export type Following = ExecutionDocument & { isSeen: boolean };

const documentsMax = 500;

export interface Delivery extends Following {
  readonly signedOn: string | null;
}

/** The goods issues of an order: made from it, or from its delivery notices. `amount` is the quantity of this order on each. */
export async function deliveriesOf(work: Work, order: number): Promise<Delivery[]> {
  const definition = work.company.catalogue.get('stockOut');
  const rows = (await work
    .tx({ rows: partTableOf(definition, 'lines') })
    .join({ head: tableOf(definition) }, 'head.id', 'rows.parent')
    .where((where) => where.where('rows.order', order).orWhere({ 'rows.source_type': 'salesOrder', 'rows.source': order }))
    .whereNull('head.deleted_at')
    .groupBy('head.id', 'head.number', 'head.day', 'head.state', 'head.signed_on')
    .orderBy([{ column: 'head.day' }, { column: 'head.id' }])
    .limit(documentsMax)
    .select('head.id', 'head.number', 'head.day', 'head.state', { signedOn: 'head.signed_on' })
    .sum({ amount: 'rows.quantity' })) as Omit<Delivery, 'isSeen' | 'type'>[];
  return seenOf(work, 'stockOut', rows);
}

/** What came back of the goods of an order, with what the customer was credited for it. */
export async function returnsOf(work: Work, order: number): Promise<Following[]> {
  const definition = work.company.catalogue.get('salesReturn');
  const rows = (await work
    .tx({ rows: partTableOf(definition, 'lines') })
    .join({ head: tableOf(definition) }, 'head.id', 'rows.parent')
    .where('rows.order', order)
    .whereNull('head.deleted_at')
    .groupBy('head.id', 'head.number', 'head.day', 'head.state')
    .orderBy([{ column: 'head.day' }, { column: 'head.id' }])
    .limit(documentsMax)
    .select('head.id', 'head.number', 'head.day', 'head.state')
    .sum({ amount: 'rows.gross_amount' })) as Omit<Following, 'isSeen' | 'type'>[];
  const hasAmount = isVisible(work.actor, definition, 'total');
  return (await seenOf(work, 'salesReturn', rows)).map(({ amount, ...row }) =>
    hasAmount && amount !== undefined ? { ...row, amount } : row,
  );
}

/** Documents of a money type with a row over one of these documents: receipts over deliveries, refunds of what came back. */
export async function moneyOver(
  work: Work,
  type: string,
  over: { readonly part: string; readonly type: string; readonly ids: readonly number[] },
): Promise<Following[]> {
  const definition = work.company.catalogue.find(type);
  if (!definition?.parts[over.part] || over.ids.length === 0) return [];
  const rows = (await work
    .tx({ rows: partTableOf(definition, over.part) })
    .join({ head: tableOf(definition) }, 'head.id', 'rows.parent')
    .where('rows.source_type', over.type)
    .whereIn('rows.source', over.ids.slice(0, documentsMax))
    .whereNull('head.deleted_at')
    .groupBy('head.id', 'head.number', 'head.day', 'head.state')
    .orderBy([{ column: 'head.day' }, { column: 'head.id' }])
    .limit(documentsMax)
    .select('head.id', 'head.number', 'head.day', 'head.state')
    .sum({ amount: 'rows.amount' })) as Omit<Following, 'isSeen' | 'type'>[];
  return seenOf(work, type, rows);
}

async function seenOf<R extends { id: number }>(
  work: Work,
  type: string,
  rows: readonly R[],
): Promise<(R & { type: string; isSeen: boolean })[]> {
  const seen = await visibleIds(
    work,
    work.company.catalogue.get(type),
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ type, ...row, isSeen: seen.has(row.id) }));
}

/** How the goods of an order travelled: method, carrier, parcels, who signed and when, and what was on board. */
export async function shipmentsOf(work: Work, order: number, deliveries: readonly Delivery[]): Promise<Shipment[]> {
  const ids = deliveries.filter((delivery) => delivery.isSeen && delivery.state === 'posted').map(({ id }) => id);
  if (ids.length === 0) return [];
  const heads = (await work
    .tx({ note: 'stock_outs' })
    .leftJoin({ method: 'dictionary_entries' }, 'method.id', 'note.delivery_method')
    .leftJoin({ carrier: 'dictionary_entries' }, 'carrier.id', 'note.carrier')
    .whereIn('note.id', ids)
    .orderBy(['note.day', 'note.id'])
    .select('note.id', 'note.number', 'note.day', {
      parcelNumber: 'note.parcel_number',
      signedOn: 'note.signed_on',
      signedBy: 'note.signed_by',
    })
    .select({ method: 'method.name', carrier: 'carrier.name', queryAddress: 'carrier.query_address' })) as (Omit<
    Shipment,
    'lines' | 'trackAt'
  > & { queryAddress: string | null })[];
  const lines = (await work
    .tx('stock_out_lines')
    .whereIn('parent', ids)
    .where((where) => where.where('order', order).orWhere({ source_type: 'salesOrder', source: order }))
    .orderBy('id')
    .select('parent', 'item', 'name', 'unit', 'quantity')) as (Shipment['lines'][number] & { parent: number })[];
  const byNote = Map.groupBy(lines, ({ parent }) => parent);
  return heads.map(({ queryAddress, ...head }) => ({
    ...head,
    trackAt: trackAt(queryAddress, head.parcelNumber),
    lines: (byNote.get(head.id) ?? []).map(({ parent: _note, ...line }) => line),
  }));
}
