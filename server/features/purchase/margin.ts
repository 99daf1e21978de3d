import type { MarginAnswer } from '../../../shared/contracts/purchase.ts';
import type { AnyRow } from '../../../shared/kernel/definition.ts';
import { mulDiv, sumOf } from '../../../shared/kernel/numbers.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { load } from '../../engine/load.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from '../trade/currencies.ts';

/**
 * What a sales order brings over what was ordered from suppliers for it, line by line and for the quantity that was bought: net
 * amounts in the company's own currency at the rates of the documents. Refuses 'access.denied' without the rights to see sales and
 * purchase prices, 'record.notFound'.
 */
export async function marginOf(work: Work, id: number): Promise<MarginAnswer> {
  for (const right of ['see.salesPrice', 'see.purchasePrice']) refuseUnlessRight(work.actor, right);
  const definition = work.company.catalogue.get('salesOrder');
  await refuseUnlessSeen(work, definition, id);
  const order = await load(work, definition, id);
  const bought = await boughtFor(work, id);
  const toBase = await baseOf(work);
  const rows = (order.parts.lines ?? []).map((line) => {
    const own = bought.get(line.id) ?? [];
    const purchased = sumOf(own.map((row) => row.quantity));
    const sold = shareOf(line, purchased, (amount) => toBase(amount, Number(order.values.currency), Number(order.values.exchangeRate)));
    const paid = sumOf(own.map((row) => toBase(row.net_amount, row.currency, row.exchange_rate)));
    return {
      id: line.id,
      name: String(line.name ?? ''),
      quantity: Number(line.quantity),
      purchased,
      sold,
      bought: paid,
      margin: sold - paid,
    };
  });
  const sold = sumOf(rows.map((row) => row.sold));
  const paid = sumOf(rows.map((row) => row.bought));
  return {
    lines: rows,
    totals: { sold, bought: paid, margin: sold - paid, marginRate: sold > 0 ? mulDiv([sold - paid, 1_000_000], [sold]) : null },
  };
}

interface BoughtRow {
  source_row: number;
  quantity: number;
  net_amount: number;
  currency: number;
  exchange_rate: number;
}

/** Lines of purchase orders that stand, by the line of the sale they were made for. */
async function boughtFor(work: Work, order: number): Promise<Map<number, BoughtRow[]>> {
  const rows = (await work
    .tx({ line: 'purchase_order_lines' })
    .join({ head: 'purchase_orders' }, 'head.id', 'line.parent')
    .where({ 'line.source': order, 'line.source_type': 'salesOrder' })
    .whereNull('head.deleted_at')
    .whereIn('head.state', ['approved', 'completed', 'closed'])
    .orderBy('line.id')
    .select('line.source_row', 'line.quantity', 'line.net_amount', 'head.currency', 'head.exchange_rate')) as BoughtRow[];
  return Map.groupBy(rows, (row) => row.source_row);
}

function shareOf(line: AnyRow, purchased: number, toBase: (amount: number) => number): number {
  const quantity = Number(line.quantity ?? 0);
  return quantity > 0 ? toBase(mulDiv([Number(line.netAmount ?? 0), Math.min(purchased, quantity)], [quantity])) : 0;
}

/** An amount of a document in the company's own money, at the document's own rate. */
async function baseOf(work: Work): Promise<(amount: number, currency: number, rate: number) => number> {
  const exchange = await exchangeOf(work);
  return (amount, currency, rate) =>
    mulDiv([amount, rate, 10 ** exchange.base.digits], [1_000_000_000, 10 ** exchange.of(currency).digits]);
}
