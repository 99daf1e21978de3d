import type { Knex } from 'knex';
import type { LotChoicesAnswer, LotState, LotStockAnswer, LotStockRow } from '../../../shared/contracts/lots.ts';
import { addDays, type Day, daysBetween } from '../../../shared/kernel/days.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { Tracking } from '../../../shared/records/lot.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import { narrowToWords } from '../../engine/list/searchWords.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { cursorFrom, readCursor } from '../trade/cursor.ts';
import { isAt, ourKinds } from '../trade/moveSql.ts';
import { insideStock, stockValues } from '../trade/stock.ts';
import { warehousesOf } from '../warehousing/warehouseLimit.ts';

export interface LotStockQuery {
  readonly search?: string | undefined;
  readonly item?: number | undefined;
  readonly warehouse?: number | undefined;
  readonly state?: LotState | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;
const never = '9999-12-31';

/**
 * What lies where of each batch and serial number, the first to expire first. Whoever is limited to some warehouses sees these and
 * what is lent; value needs the right to see cost.
 */
export async function lotStock(work: Work, query: LotStockQuery): Promise<LotStockAnswer> {
  refuseUnlessMay(work, work.company.catalogue.get('lot'), 'read');
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const held = heldLots(work, await warehousesOf(work));
  await narrow(work, held, query);
  if (query.after !== undefined) {
    const [day = '', lot = 0, place = ''] = readCursor(query.after, ['text', 'number', 'text']);
    held.whereRaw(`(coalesce(lots.expires_on, '${never}'), lots.id, b.place) > (?, ?, ?)`, [day, lot, place]);
  }
  const found = (await held
    .orderByRaw(`coalesce(lots.expires_on, '${never}'), lots.id, b.place`)
    .limit(limit + 1)
    .select(columns)) as HeldLot[];
  const shown = found.slice(0, limit);
  const rows = await rowsFrom(work, shown);
  const last = shown.at(-1);
  return {
    rows,
    titles: await titlesFor(work, placesNamed(rows)),
    next: last && found.length > limit ? cursorFrom([last.expires_on ?? never, last.lot, last.place]) : null,
  };
}

/** Of some items those that are told apart, with every batch of them that lies in a warehouse of the person's, whether or not it may be sold. */
export async function lotChoices(work: Work, items: readonly number[]): Promise<LotChoicesAnswer> {
  refuseUnlessMay(work, work.company.catalogue.get('lot'), 'read');
  const goods = work
    .tx('items')
    .whereIn('items.id', [...items])
    .whereNot('items.tracking', 'none');
  restrict(work, work.company.catalogue.get('item'), goods, 'read');
  const tracked = (await goods.select('items.id', 'items.name', 'items.tracking', 'items.shelf_life_days')) as TrackedItem[];
  const rows = (await heldLots(work, await warehousesOf(work))
    .whereIn(
      'items.id',
      tracked.map(({ id }) => id),
    )
    .whereRaw("b.place >= 'warehouse:' and b.place < 'warehouse;'")
    .orderBy('lots.id')
    .limit(choicesMax)
    .select(columns)) as HeldLot[];
  return {
    tracked: Object.fromEntries(
      tracked.map(({ id, name, tracking, shelf_life_days }) => [id, { by: tracking, name, shelfLifeDays: shelf_life_days }]),
    ),
    lots: rows.map((row) => ({
      item: row.item,
      warehouse: idOfPlace(row.place),
      lot: row.lot,
      number: row.number,
      madeOn: row.made_on,
      expiresOn: row.expires_on,
      blocked: row.blocked === 1,
      held: row.amount,
    })),
  };
}

// Whoever keeps more pieces of one item by number scans what goes out.
const choicesMax = 20_000;

interface TrackedItem {
  readonly id: number;
  readonly name: string;
  readonly tracking: Tracking;
  readonly shelf_life_days: number | null;
}

const columns = {
  lot: 'lots.id',
  number: 'lots.number',
  item: 'items.id',
  item_code: 'items.code',
  name: 'items.name',
  unit: 'items.unit',
  tracking: 'items.tracking',
  made_on: 'lots.made_on',
  expires_on: 'lots.expires_on',
  blocked: 'lots.blocked',
  place: 'b.place',
  amount: 'b.amount',
} as const;

interface HeldLot {
  readonly lot: number;
  readonly number: string;
  readonly item: number;
  readonly item_code: string | null;
  readonly name: string;
  readonly unit: string;
  readonly tracking: Tracking;
  readonly made_on: Day | null;
  readonly expires_on: Day | null;
  readonly blocked: number;
  readonly place: string;
  readonly amount: number;
}

/** Lots that lie at places of ours which the person may look into. */
function heldLots(work: Work, own: ReadonlySet<number> | null): Knex.QueryBuilder {
  const places = isAt('place', own === null ? { kinds: ourKinds } : { kinds: ['lent'] });
  const named = [...(own ?? [])].flatMap((id) => [placeOf('warehouse', id), placeOf('transit', id)]);
  return work
    .tx({ b: 'balances' })
    .join('lots', 'lots.id', 'b.subject')
    .join('items', 'items.id', 'lots.item')
    .where('b.ledger', 'lots')
    .whereNot('b.amount', 0)
    .where((at) => at.whereRaw(places.sql, [...places.bindings]).orWhereIn('b.place', named));
}

async function narrow(work: Work, held: Knex.QueryBuilder, query: LotStockQuery): Promise<void> {
  const items = work.company.catalogue.get('item');
  restrict(work, items, held, 'read');
  if (query.item !== undefined) held.where('items.id', query.item);
  if (query.warehouse !== undefined) held.whereIn('b.place', [placeOf('warehouse', query.warehouse), placeOf('transit', query.warehouse)]);
  if (query.search) {
    const known = work.tx('items').select('items.id');
    await narrowToWords(work, items, known, query.search);
    const number = `${query.search
      .trim()
      .toUpperCase()
      .replace(/[\\%_]/g, '\\$&')}%`;
    held.where((match) => match.whereIn('items.id', known).orWhereRaw("upper(lots.number) like ? escape '\\'", [number]));
  }
  if (query.state === 'blocked') held.where('lots.blocked', 1);
  if (query.state === 'expired') held.where('lots.expires_on', '<', work.today);
  if (query.state === 'expiring') expiringSoon(held, work.today, await warnDaysOf(work));
}

/** How many days before expiry somebody wants to know: the company's, and those of items that say otherwise. */
export interface WarnDays {
  readonly usual: number;
  readonly own: readonly number[];
}

export async function warnDaysOf(work: Work): Promise<WarnDays> {
  const own = (await work.tx('items').whereNotNull('expiry_warn_days').distinct('expiry_warn_days').pluck('expiry_warn_days')) as number[];
  return { usual: await parameterOf<number>(work, 'parameter.expiryWarnDays'), own };
}

/** Narrows a query over `lots` and `items` to what is not past its day and will be within the days of its item. */
export function expiringSoon(query: Knex.QueryBuilder, today: Day, { usual, own }: WarnDays): void {
  query.where('lots.expires_on', '>=', today).where((soon) => {
    if (usual > 0) soon.orWhere((where) => where.whereNull('items.expiry_warn_days').where('lots.expires_on', '<=', addDays(today, usual)));
    for (const days of own.filter((one) => one > 0))
      soon.orWhere((where) => where.where('items.expiry_warn_days', days).where('lots.expires_on', '<=', addDays(today, days)));
    // Without any days nothing is ever soon.
    soon.orWhereRaw('1 = 0');
  });
}

async function rowsFrom(work: Work, lots: readonly HeldLot[]): Promise<LotStockRow[]> {
  const items = [...new Set(lots.map(({ item }) => item))];
  const mayValue = work.actor.special.has('see.cost');
  const [values, quantities] = mayValue ? [await stockValues(work, items), await insideStock(work, items)] : [new Map(), new Map()];
  return lots.map((row): LotStockRow => {
    const quantity: number = quantities.get(row.item) ?? 0;
    const value: number = values.get(row.item) ?? 0;
    return {
      lot: row.lot,
      number: row.number,
      item: row.item,
      code: row.item_code,
      name: row.name,
      unit: row.unit,
      by: row.tracking,
      madeOn: row.made_on,
      expiresOn: row.expires_on,
      daysLeft: row.expires_on === null ? null : daysBetween(work.today, row.expires_on),
      blocked: row.blocked === 1,
      kind: kindOfPlace(row.place) as LotStockRow['kind'],
      place: idOfPlace(row.place),
      held: row.amount,
      ...(mayValue ? { value: quantity > 0 ? mulDiv([value, row.amount], [quantity]) : 0 } : {}),
    };
  });
}

/** The warehouses and customers behind places. */
export function placesNamed(places: readonly { readonly kind: string; readonly place: number }[]): Map<string, Set<number>> {
  const ids = (kinds: readonly string[]): Set<number> =>
    new Set(places.filter(({ kind, place }) => kinds.includes(kind) && place > 0).map(({ place }) => place));
  return new Map([
    ['warehouse', ids(['warehouse', 'transit'])],
    ['customer', ids(['lent'])],
  ]);
}
