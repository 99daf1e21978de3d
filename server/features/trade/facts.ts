import type { KnownFacts } from '../../../shared/documents/facts.ts';
import type { AnyRecord } from '../../../shared/kernel/definition.ts';
import { keepsStock } from '../../../shared/records/item.ts';
import { offerFact } from '../../engine/facts.ts';
import { settingOf } from '../../engine/settings.ts';
import { balancesOf, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { creditOf } from './credit.ts';

/** The facts of the trade that guards and postings ask for; the shapes stand in shared/documents/facts.ts. */
export function offerTradeFacts(): void {
  offer('averageCost', averageCost);
  offer('stockKept', stockKept);
  offer('floorPrices', floorPrices);
  offer('credit', (work, document) => creditOf(work, Number(document.values.customer)));
  offer('mayOverdraw', mayOverdraw);
  offer('prepaid', prepaid);
  offer('isLive', async (work) => (await settingOf(work, 'live')) === true);
}

function offer<N extends keyof KnownFacts>(name: N, find: (work: Work, document: AnyRecord) => Promise<KnownFacts[N]>): void {
  offerFact(name, (work, _definition, document) => find(work, document));
}

const itemsOf = (document: AnyRecord): number[] =>
  [...new Set((document.parts.lines ?? []).map((line) => Number(line.item)))].sort((a, b) => a - b);

async function averageCost(work: Work, document: AnyRecord): Promise<KnownFacts['averageCost']> {
  const items = itemsOf(document);
  const value = await balancesOf(work, 'cost', items, true);
  const stock = await balancesOf(work, 'stock', items, true);
  const sum = (rows: typeof stock, item: number, kind: string): number =>
    rows.filter((row) => row.subject === item && kindOfPlace(row.place) === kind).reduce((total, row) => total + row.amount, 0);
  return Object.fromEntries(items.map((item) => [item, { quantity: sum(stock, item, 'warehouse'), value: sum(value, item, 'stock') }]));
}

async function stockKept(work: Work, document: AnyRecord): Promise<KnownFacts['stockKept']> {
  const rows = (await work.tx('items').whereIn('id', itemsOf(document)).select('id', 'item_type', 'origin')) as {
    id: number;
    item_type: string;
    origin: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.id, keepsStock({ itemType: row.item_type, origin: row.origin })]));
}

async function floorPrices(work: Work, document: AnyRecord): Promise<KnownFacts['floorPrices']> {
  const rows = (await work.tx('items').whereIn('id', itemsOf(document)).select('id', 'floor_price', 'code', 'name')) as {
    id: number;
    floor_price: number | null;
    code: string | null;
    name: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.id, { floor: row.floor_price, code: row.code ?? row.name }]));
}

async function mayOverdraw(work: Work, document: AnyRecord): Promise<KnownFacts['mayOverdraw']> {
  const ids = [...new Set((document.parts.lines ?? []).map((line) => Number(line.warehouse)))];
  const rows = (await work.tx('warehouses').whereIn('id', ids).select('id', 'negative_stock')) as { id: number; negative_stock: string }[];
  return Object.fromEntries(
    rows.map((row) => [
      row.id,
      row.negative_stock === 'allow' || (row.negative_stock === 'warn' && work.actor.special.has('stock.negative')),
    ]),
  );
}

/** Money the customer paid in advance lies at a place below zero: it is owed the other way. */
async function prepaid(work: Work, document: AnyRecord): Promise<number> {
  const rows = await balancesOf(work, 'receivable', [Number(document.values.customer)], true);
  const place = `prepaid:${Number(document.values.currency)}`;
  return -(rows.find((row) => row.place === place)?.amount ?? 0);
}
