import type { Knex } from 'knex';
import type { BookPrice, PromotionPrice } from '../../../shared/contracts/trade.ts';
import { isVisible } from '../../access/trim.ts';
import type { Work } from '../../work.ts';

/** For whom and of what special prices are asked. */
export interface SpecialQuestion {
  readonly customer: { readonly id: number; readonly priceLevel: number | null } | null;
  readonly items: readonly { readonly id: number; readonly category: number | null }[];
}

/** What counts besides list and level, by item: prices in the company's own money for the item's own unit. */
export interface SpecialPrices {
  readonly agreed: ReadonlyMap<number, AgreedItem>;
  readonly promotions: ReadonlyMap<number, readonly PromotionPrice[]>;
  readonly books: ReadonlyMap<number, BookPrice>;
}
export interface AgreedItem {
  readonly code: string | null;
  readonly name: string | null;
  readonly grossPrice: number | null;
  readonly until: string | null;
}

/** Prices agreed with the customer, promotions that run today and the price book in force. Prices only for who may see sales prices. */
export async function specialPrices(work: Work, question: SpecialQuestion): Promise<SpecialPrices> {
  const agreed = await agreedItems(work, question);
  if (!work.actor.special.has('see.salesPrice')) return { agreed, promotions: new Map(), books: new Map() };
  return { agreed, promotions: await promotionsFor(work, question), books: await booksFor(work, question) };
}

async function agreedItems(work: Work, { customer, items }: SpecialQuestion): Promise<Map<number, AgreedItem>> {
  const definition = work.company.catalogue.get('customerItem');
  if (!customer || work.actor.reach(definition.type, 'read') === 'none') return new Map();
  const rows = (await work
    .tx('customer_items')
    .where({ customer: customer.id })
    .whereIn('item', idsOf(items))
    .whereNull('deleted_at')
    .orderBy('id')
    .select('item', 'code', 'name', 'gross_price', 'valid_until')) as {
    item: number;
    code: string | null;
    name: string | null;
    gross_price: number | null;
    valid_until: string | null;
  }[];
  const seesPrice = isVisible(work.actor, definition, 'grossPrice');
  return new Map(
    rows.map(({ item, code, name, gross_price, valid_until }) => {
      const holds = seesPrice && (valid_until === null || valid_until >= work.today);
      return [item, { code, name, grossPrice: holds ? gross_price : null, until: valid_until }];
    }),
  );
}

const idsOf = (items: SpecialQuestion['items']): number[] => items.map(({ id }) => id);

/** Approved, begun, not over, and meant for this customer's level or for every one. */
function inForce(work: Work, query: Knex.QueryBuilder, customer: SpecialQuestion['customer']): void {
  query.where({ 'head.state': 'approved' }).where('head.valid_from', '<=', work.today).whereNull('head.deleted_at');
  query.where((where) => where.whereNull('head.valid_until').orWhere('head.valid_until', '>=', work.today));
  query.where((where) => {
    where.whereNull('head.price_level');
    if (customer?.priceLevel) where.orWhere('head.price_level', customer.priceLevel);
  });
}

async function booksFor(work: Work, { customer, items }: SpecialQuestion): Promise<Map<number, BookPrice>> {
  const query = work.tx({ line: 'price_book_lines' }).join({ head: 'price_books' }, 'head.id', 'line.parent');
  inForce(work, query, customer);
  const rows = (await query.whereIn('line.item', idsOf(items)).orderBy('head.valid_from').orderBy('head.id').select({
    id: 'head.id',
    title: 'head.subject',
    from: 'head.valid_from',
    level: 'head.price_level',
    item: 'line.item',
    grossPrice: 'line.gross_price',
  })) as (BookPrice & { item: number; level: number | null })[];
  // The newest counts, and one for the customer's own level before one for everybody.
  const ranked = [...rows.filter(({ level }) => level === null), ...rows.filter(({ level }) => level !== null)];
  return new Map(ranked.map(({ item, level: _level, ...book }) => [item, book]));
}

async function promotionsFor(work: Work, { customer, items }: SpecialQuestion): Promise<Map<number, PromotionPrice[]>> {
  const above = await categoriesAbove(work, items);
  const query = work.tx({ line: 'promotion_lines' }).join({ head: 'promotions' }, 'head.id', 'line.parent');
  inForce(work, query, customer);
  const named = () => work.tx({ named: 'promotion_customers' }).whereRaw('?? = ??', ['named.parent', 'head.id']);
  query.where((where) => {
    where.whereNotExists(named());
    if (customer) where.orWhereExists(named().where('named.customer', customer.id));
  });
  const categories = [...new Set([...above.values()].flat())];
  query.where((where) => where.whereIn('line.item', idsOf(items)).orWhereIn('line.category', categories));
  const rows = (await query.orderBy('head.id').orderBy('line.id').select({
    id: 'head.id',
    title: 'head.subject',
    until: 'head.valid_until',
    item: 'line.item',
    category: 'line.category',
    minQuantity: 'line.min_quantity',
    grossPrice: 'line.gross_price',
    discount: 'line.discount',
  })) as (PromotionPrice & { item: number | null; category: number | null })[];
  return new Map(
    items.flatMap(({ id }): [number, PromotionPrice[]][] => {
      const mine = rows.filter((row) => row.item === id || (row.category !== null && (above.get(id) ?? []).includes(row.category)));
      return mine.length === 0 ? [] : [[id, mine.map(({ item: _item, category: _category, ...promotion }) => promotion)]];
    }),
  );
}

/** The categories an item stands in, its own first: what is granted for a category is granted for everything below it. */
async function categoriesAbove(work: Work, items: SpecialQuestion['items']): Promise<Map<number, number[]>> {
  const rows = (await work.tx('item_categories').select('id', 'parent')) as { id: number; parent: number | null }[];
  const parents = new Map(rows.map(({ id, parent }) => [id, parent]));
  return new Map(
    items.map(({ id, category }) => {
      const chain: number[] = [];
      for (let at = category; at !== null && !chain.includes(at); at = parents.get(at) ?? null) chain.push(at);
      return [id, chain];
    }),
  );
}
