import type { HomeList } from '../../../shared/contracts/trade.ts';
import { isVisible } from '../../access/trim.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { countMax, countOf, readable, rowsMax } from './lists.ts';

interface LowRow {
  id: number;
  name: string;
  unit: string | null;
  safety_stock: number;
  on_hand: number;
}

/** Goods of which less lies in all warehouses together than should; for people who look after stock, unless switched off. */
export async function lowStock(work: Work): Promise<HomeList | null> {
  const definition = work.company.catalogue.get('item');
  const looksAfterStock = work.actor.reach('openingStock', 'read') !== 'none' && isVisible(work.actor, definition, 'safetyStock');
  if (!looksAfterStock || !(await parameterOf<boolean>(work, 'parameter.lowStockNotices'))) return null;
  const query = readable(work, definition, 'read');
  if (!query) return null;
  const held = work
    .tx('balances')
    .where({ ledger: 'stock' })
    .whereBetween('place', ['warehouse:', 'warehouse;'])
    .groupBy('subject')
    .select('subject', work.tx.raw('sum(amount) as on_hand'))
    .as('held');
  query
    .leftJoin(held, 'held.subject', 'head.id')
    .where('head.safety_stock', '>', 0)
    .where('head.stopped', 0)
    .whereRaw('coalesce(held.on_hand, 0) < head.safety_stock');
  const found = (await query
    .clone()
    .orderByRaw('coalesce(head.code, head.name), head.id')
    .limit(rowsMax)
    .select('head.id', 'head.name', 'head.unit', 'head.safety_stock', work.tx.raw('coalesce(held.on_hand, 0) as on_hand'))) as LowRow[];
  const rows = found.map((row) => ({
    type: definition.type,
    id: row.id,
    title: row.name,
    day: null,
    onHand: row.on_hand,
    safetyStock: row.safety_stock,
    unit: row.unit ?? '',
  }));
  return { count: await countOf(work, query), countMax, rows };
}
