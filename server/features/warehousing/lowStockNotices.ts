import type { Move } from '../../../shared/kernel/definition.ts';
import { marksOf, rowsOf } from '../../database/rows.ts';
import { balancesOf, idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import { watchMoves } from '../../ledger/watch.ts';
import type { Work } from '../../work.ts';
import { type Notice, tellThose } from '../notices/tell.ts';
import { parameterOf } from '../settings/companySettings.ts';

/**
 * Tells the people named at a limit when less is available than should be: at the step that falls below it, and not again before
 * there was enough in between.
 */
export function offerLowStockNotices(): void {
  watchMoves(async (work, moves) => {
    const changes = changesOf(moves);
    const falling = [...new Set(changes.filter((change) => change.amount < 0).map((change) => change.item))];
    const limits = falling.length > 0 ? await limitsOf(work, falling) : [];
    if (limits.length === 0 || !(await parameterOf<boolean>(work, 'parameter.lowStockNotices'))) return;
    await tellThose(work, await noticesFor(work, limits, changes));
  });
}

/** By how much a move changes what is available of an item in a warehouse. */
interface Change {
  readonly item: number;
  readonly warehouse: number;
  readonly amount: number;
}

/** What lies in a warehouse is available unless it is promised. */
const counted: Readonly<Record<string, { readonly kind: string; readonly sign: 1 | -1 }>> = {
  stock: { kind: 'warehouse', sign: 1 },
  promise: { kind: 'promised', sign: -1 },
};

function changesOf(moves: readonly Move[]): Change[] {
  return moves.flatMap(({ ledger, subject, from, to, amount }) => {
    const rule = counted[ledger];
    if (!rule) return [];
    const at = (place: string, change: number): Change[] =>
      kindOfPlace(place) === rule.kind ? [{ item: subject, warehouse: idOfPlace(place), amount: rule.sign * change }] : [];
    return [...at(from, -amount), ...at(to, amount)];
  });
}

interface Limit {
  item: number;
  warehouse: number | null;
  minimum: number;
  notify: number | null;
  also_notify: number | null;
}

async function limitsOf(work: Work, items: readonly number[]): Promise<Limit[]> {
  const found: Limit[] = [];
  for (let start = 0; start < items.length; start += 500) {
    const few = items.slice(start, start + 500);
    const text =
      `select "parent" as "item", "warehouse", "minimum", "notify", "also_notify" from "item_stock_limits" ` +
      `where "parent" in (${marksOf(few)}) and "minimum" is not null ` +
      `and ("notify" is not null or "also_notify" is not null) order by "id"`;
    found.push(...((await rowsOf(work.tx, text, few)) as unknown as Limit[]));
  }
  return found;
}

async function noticesFor(work: Work, limits: readonly Limit[], changes: readonly Change[]): Promise<Notice[]> {
  const items = [...new Set(limits.map((limit) => limit.item))];
  const held = [...(await balancesOf(work, 'stock', items)), ...(await balancesOf(work, 'promise', items))].flatMap((balance): Change[] => {
    const rule = counted[balance.ledger];
    if (kindOfPlace(balance.place) !== rule?.kind) return [];
    return [{ item: balance.subject, warehouse: idOfPlace(balance.place), amount: rule.sign * balance.amount }];
  });
  const names = await namesOf(work, limits);
  return limits.flatMap((limit): Notice[] => {
    const sum = (of: readonly Change[]) => of.filter((one) => concerns(limit, one)).reduce((total, one) => total + one.amount, 0);
    const available = sum(held);
    if (available >= limit.minimum || available - sum(changes) < limit.minimum) return [];
    const facts = { item: names.item.get(limit.item) ?? '', available, minimum: limit.minimum };
    const place = limit.warehouse === null ? null : (names.warehouse.get(limit.warehouse) ?? '');
    const told = place === null ? { code: 'notice.lowStock', facts } : { code: 'notice.lowStockAt', facts: { ...facts, warehouse: place } };
    const people = [...new Set([limit.notify, limit.also_notify].filter((user) => user !== null))];
    return people.map((user) => ({ user, ...told, definition: work.company.catalogue.get('item'), record: limit.item }));
  });
}

const concerns = (limit: Limit, change: Change): boolean =>
  change.item === limit.item && (limit.warehouse === null || limit.warehouse === change.warehouse);

async function namesOf(work: Work, limits: readonly Limit[]): Promise<Readonly<Record<'item' | 'warehouse', Map<number, string>>>> {
  const read = async (table: string, ids: readonly (number | null)[]) => {
    const rows = (await work
      .tx(table)
      .whereIn(
        'id',
        ids.filter((id) => id !== null),
      )
      .select('id', 'name')) as { id: number; name: string }[];
    return new Map(rows.map((row) => [row.id, row.name]));
  };
  return {
    item: await read(
      'items',
      limits.map((limit) => limit.item),
    ),
    warehouse: await read(
      'warehouses',
      limits.map((limit) => limit.warehouse),
    ),
  };
}
