import type { PurchaseExecutionAnswer } from '../../../shared/contracts/purchase.ts';
import type { AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { mulDiv, sumOf } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { load } from '../../engine/load.ts';
import type { Work } from '../../work.ts';
import { approvalOf, type Follower, followers, origins, progress, shown } from '../trade/execution.ts';

/** What follows a purchase order or contract: documents of goods, and of money. */
const ways = { goods: ['purchaseOrder', 'stockIn'], money: ['payment', 'supplierSettlement', 'netting'] } as const;

/**
 * How far an order or contract with a supplier has come: what it came from, what was called off, received and paid, and the days
 * of its way. Documents that the actor may not see are absent. Refuses 'record.notFound', also for a type nothing comes in from.
 */
export async function purchaseExecution(work: Work, definition: Definition, id: number): Promise<PurchaseExecutionAnswer> {
  await refuseUnlessSeen(work, definition, id);
  if (!definition.fields.supplier || !ways.goods.some((type) => definition.becomes?.[type]))
    throw new Refusal('record.notFound', { type: definition.type, id });
  const order = await load(work, definition, id);
  const goods = await followersOf(work, definition, order, ways.goods);
  const money = await followersOf(work, definition, order, ways.money);
  const sees = (path: string): boolean => isVisible(work.actor, definition, path);
  const holding = (documents: readonly Follower[], holds: 'goods' | 'money') =>
    documents.filter(({ isSeen }) => isSeen).map((document) => ({ ...shown(document), holds }));
  return {
    state: order.state ?? '',
    ...Object.fromEntries(['total', 'paid', 'openAmount'].filter(sees).map((name) => [name, Number(order.values[name] ?? 0)])),
    ...(sees('lines.grossAmount') && definition.becomes?.stockIn
      ? { receivedAmount: sumOf((order.parts.lines ?? []).map(receivedAmountOf)) }
      : {}),
    documents: [
      ...(await origins(work, order)).map((document) => ({ ...document, holds: 'origin' as const })),
      ...holding(goods, 'goods'),
      ...holding(money, 'money'),
    ],
    track: [
      { step: 'approved', ...(await approvalOf(work, definition, order)) },
      definition.becomes?.stockIn
        ? { step: 'received', ...progress(order.values.receivedState, goods) }
        : { step: 'called', ...progress(order.values.calledState, goods) },
      ...(Number(order.values.dueTotal ?? 0) > 0 && sees('paymentState')
        ? [{ step: 'paid' as const, ...progress(order.values.paymentState, money) }]
        : []),
    ],
  };
}

async function followersOf(work: Work, definition: Definition, order: StoredRecord, types: readonly string[]): Promise<Follower[]> {
  const found: Follower[] = [];
  for (const type of types) found.push(...(await followers(work, definition, order, type)));
  return found;
}

function receivedAmountOf(line: AnyRow): number {
  const quantity = Number(line.quantity ?? 0);
  return quantity > 0 ? mulDiv([Number(line.grossAmount ?? 0), Number(line.received ?? 0)], [quantity]) : 0;
}
