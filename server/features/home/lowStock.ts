import type { HomeList } from '../../../shared/contracts/trade.ts';
import { isVisible } from '../../access/trim.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { limitsPassed } from '../warehousing/stockLimits.ts';
import { countMax, rowsMax } from './lists.ts';

interface LowRow {
  id: number;
  name: string;
  unit: string | null;
  minimum: number;
  available: number;
}

/** Goods of which less is available than should be; for people who look after stock, unless switched off. */
export async function lowStock(work: Work): Promise<HomeList | null> {
  const definition = work.company.catalogue.get('item');
  const looksAfterStock = work.actor.reach('openingStock', 'read') !== 'none' && isVisible(work.actor, definition, 'safetyStock');
  if (!looksAfterStock || !(await parameterOf<boolean>(work, 'parameter.lowStockNotices'))) return null;
  const found = (await limitsPassed(work, 'below')
    .orderByRaw('coalesce(items.code, items.name), items.id, coalesce(limits.warehouse, 0)')
    .limit(countMax)
    .select('items.id', 'items.name', 'items.unit', 'limits.minimum', 'limits.available')) as LowRow[];
  const rows = found.slice(0, rowsMax).map((row) => ({
    type: definition.type,
    id: row.id,
    title: row.name,
    day: null,
    available: row.available,
    safetyStock: row.minimum,
    unit: row.unit ?? '',
  }));
  return { count: found.length, countMax, rows };
}
