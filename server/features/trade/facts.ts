import type { KnownFacts } from '../../../shared/documents/facts.ts';
import { type AnyRecord, type Definition, linksOf, type Value } from '../../../shared/kernel/definition.ts';
import type { Fields } from '../../../shared/kernel/fields.ts';
import { keepsStock } from '../../../shared/records/item.ts';
import { marksOf, rowsOf } from '../../database/rows.ts';
import { offerFact } from '../../engine/facts.ts';
import { settingOf } from '../../engine/settings.ts';
import { sourceFacts } from '../../engine/sourceFacts.ts';
import { balancesOf } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { costReturned } from './costReturned.ts';
import { isInside } from './stock.ts';

/** The facts of the trade that guards and postings ask for; the shapes stand in shared/documents/facts.ts. */
export function offerTradeFacts(): void {
  offer('averageCost', averageCost);
  offer('stockKept', stockKept);
  offer('floorPrices', floorPrices);
  offer('mayOverdraw', mayOverdraw);
  offer('costReturned', costReturned);
  offer('sources', sourceFacts);
  offer('isLive', async (work) => (await settingOf(work, 'live')) === true);
}

function offer<N extends keyof KnownFacts>(
  name: N,
  find: (work: Work, document: AnyRecord, definition: Definition) => Promise<KnownFacts[N]>,
): void {
  offerFact(name, (work, definition, document) => find(work, document, definition));
}

/** Every record of a type that the document names by link, in its head or in its rows. */
function linkedIds(definition: Definition, document: AnyRecord, type: string): number[] {
  const idsIn = (fields: Fields, rows: readonly Readonly<Record<string, Value>>[]): number[] =>
    linksOf(fields)
      .filter(([, field]) => field.to === type)
      .flatMap(([name]) => rows.map((row) => Number(row[name] ?? 0)));
  const inParts = Object.entries(definition.parts).flatMap(([name, part]) => idsIn(part.fields, document.parts[name] ?? []));
  const found = new Set([...idsIn(definition.fields, [document.values]), ...inParts]);
  found.delete(0);
  return [...found].sort((a, b) => a - b);
}

/** Every item that the document names, in its head or in its rows. */
export const itemsOf = (definition: Definition, document: AnyRecord): number[] => linkedIds(definition, document, 'item');

async function averageCost(work: Work, document: AnyRecord, definition: Definition): Promise<KnownFacts['averageCost']> {
  const items = itemsOf(definition, document);
  const value = await balancesOf(work, 'cost', items, true);
  const stock = await balancesOf(work, 'stock', items, true);
  const sum = (rows: typeof stock, item: number): number =>
    rows.filter((row) => row.subject === item && isInside(work, row)).reduce((total, row) => total + row.amount, 0);
  return Object.fromEntries(items.map((item) => [item, { quantity: sum(stock, item), value: sum(value, item) }]));
}

const itemRows = async (work: Work, ids: readonly number[], columns: string) =>
  ids.length === 0 ? [] : rowsOf(work.tx, `select "id", ${columns} from "items" where "id" in (${marksOf(ids)})`, ids);

async function stockKept(work: Work, document: AnyRecord, definition: Definition): Promise<KnownFacts['stockKept']> {
  const rows = (await itemRows(work, itemsOf(definition, document), '"item_type", "origin"')) as unknown as {
    id: number;
    item_type: string;
    origin: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.id, keepsStock({ itemType: row.item_type, origin: row.origin })]));
}

async function floorPrices(work: Work, document: AnyRecord, definition: Definition): Promise<KnownFacts['floorPrices']> {
  const rows = (await itemRows(work, itemsOf(definition, document), '"floor_price", "code", "name"')) as unknown as {
    id: number;
    floor_price: number | null;
    code: string | null;
    name: string;
  }[];
  const byLevel = await lowestLevelPrices(work, itemsOf(definition, document));
  return Object.fromEntries(rows.map((row) => [row.id, { floor: byLevel.get(row.id) ?? row.floor_price, code: row.code ?? row.name }]));
}

/**
 * By item, the lowest price that the actor sells it at without asking, where levels were given to the person or to one of the
 * positions held. An item without a price of such a level has its own lowest price.
 */
async function lowestLevelPrices(work: Work, items: readonly number[]): Promise<Map<number, number>> {
  const levels = await levelsOf(work);
  if (levels.length === 0) return new Map();
  const rows = (await work
    .tx('item_prices')
    .whereIn('parent', [...items])
    .whereIn('level', levels)
    .groupBy('parent')
    .select('parent')
    .min({ lowest: 'gross_price' })) as { parent: number; lowest: number }[];
  return new Map(rows.map(({ parent, lowest }) => [parent, lowest]));
}

/** The levels given to the person, or else to the positions held. */
async function levelsOf(work: Work): Promise<readonly number[]> {
  const { memory } = work.company.store;
  const { userId } = work.actor;
  const tables = ['users', 'user_positions', 'positions'];
  const known = memory.recall<readonly number[]>(tables, `levels:${userId}`);
  if (known) return known;
  const held = work
    .tx('positions')
    .join('user_positions', 'user_positions.held', 'positions.id')
    .where('user_positions.parent', userId)
    .whereNull('positions.deleted_at');
  const own = ((await work.tx('users').where({ id: userId }).pluck('price_level')) as (number | null)[])[0];
  const levels = own ? [own] : ((await held.pluck('positions.price_level')) as (number | null)[]).filter((level) => level !== null);
  memory.keep(work.tx, tables, `levels:${userId}`, levels);
  return levels;
}

async function mayOverdraw(work: Work, document: AnyRecord, definition: Definition): Promise<KnownFacts['mayOverdraw']> {
  const ids = linkedIds(definition, document, 'warehouse');
  if (ids.length === 0) return {};
  const text = `select "id", "negative_stock" from "warehouses" where "id" in (${marksOf(ids)})`;
  const rows = (await rowsOf(work.tx, text, ids)) as unknown as { id: number; negative_stock: string }[];
  return Object.fromEntries(
    rows.map((row) => [
      row.id,
      row.negative_stock === 'allow' || (row.negative_stock === 'warn' && work.actor.special.has('stock.negative')),
    ]),
  );
}
