import type { Day } from '../kernel/days.ts';
import { mulDiv, splitByLargestRemainder, sumOf } from '../kernel/numbers.ts';
import { portionOf } from './shares.ts';

/** At the cost a document names itself, at the moving average, at what the row it came from cost, or as a part of what the document's other goods cost. */
export type Valuation = 'own' | 'average' | 'source' | { readonly part: number };

/** One row of goods, or of value alone, as a posting moved it: quantities 10⁻⁶, values in base minor units; what comes in is above zero. */
export interface CostedRow {
  readonly key: string;
  readonly item: number;
  readonly quantity: number;
  readonly as: Valuation;
  /** What an 'own' row is worth. */
  readonly own?: number;
  /** The row a 'source' row came from, and the shares of it in the unit of that row. */
  readonly source?: CostSource;
  /** The row it takes back as another document: exactly what that one moved. */
  readonly reverses?: string;
}

export interface CostSource {
  readonly key: string;
  /** How much came back, of how much that had left. */
  readonly quantity: number;
  readonly whole: number;
  /** Of a source that is not replayed: what it cost, and what had come back of it before. */
  readonly cost: number;
  readonly before: Stock;
}

export interface CostedPosting {
  readonly day: Day;
  /** Which of a day's postings came first. */
  readonly order: number;
  readonly rows: readonly CostedRow[];
}

export interface Stock {
  readonly quantity: number;
  readonly value: number;
}

/** What a row is worth (above zero what it brings), and what is adjusted beside it because value and goods end together. */
export interface RowCost {
  readonly value: number;
  readonly adjustment: number;
  /** What all of the item is worth afterwards. */
  readonly after: number;
}

/**
 * What every row is worth at the moving average when postings count in the order of their days, and of one day in the order in
 * which they were made. Goods that leave on a day before there are enough of them wait until enough have come, and those of their
 * item that follow wait behind them; what is still waiting at the end takes what is left. No value is lost and none stays without goods.
 */
export function costsInOrder(start: ReadonlyMap<number, Stock>, postings: readonly CostedPosting[]): Map<string, RowCost> {
  const sorted = [...postings].sort((a, b) => (a.day === b.day ? a.order - b.order : a.day < b.day ? -1 : 1));
  const units = sorted.flatMap(unitsOf);
  const shelf: Shelf = {
    stock: new Map([...start].map(([item, stock]) => [item, { ...stock }])),
    costs: new Map(),
    pending: new Set(units.flatMap((rows) => rows.map(({ key }) => key))),
    sources: new Map(units.flat().flatMap(({ key, source }) => (source ? [[key, source] as const] : []))),
    returned: new Map(),
  };
  const queue: Queue = { units: [], changes: new Map(), claims: new Map() };
  for (const unit of units) {
    const isBehind = wantedBy(unit).some((item) => (queue.claims.get(item) ?? 0) > 0);
    if (isBehind || !isReady(shelf, unit)) {
      queue.units.push(unit);
      note(queue, unit, 1);
      untie(shelf, queue, itemsOf(unit));
    } else untie(shelf, queue, carried(shelf, queue, unit));
  }
  while (queue.units.length > 0) take(shelf, queue, queue.units.find((unit) => isKnown(shelf, unit)) ?? (queue.units[0] as Unit));
  return shelf.costs;
}

/** The rows of a posting that are valued together: those of one item, or all where goods are made of each other, what is made last. */
type Unit = readonly CostedRow[];

function unitsOf({ rows }: CostedPosting): Unit[] {
  const isMade = ({ as }: CostedRow): boolean => typeof as === 'object';
  if (rows.some(isMade)) return [[...rows.filter((row) => !isMade(row)), ...rows.filter(isMade)]];
  return [...Map.groupBy(rows, ({ item }) => item).values()];
}

interface Shelf {
  readonly stock: Map<number, { quantity: number; value: number }>;
  readonly costs: Map<string, RowCost>;
  /** Rows whose turn is still to come. */
  readonly pending: Set<string>;
  /** Where rows came from that came back. */
  readonly sources: ReadonlyMap<string, CostSource>;
  /** What has come back of a row. */
  readonly returned: Map<string, { quantity: number; value: number }>;
}

const itemsOf = (unit: Unit): number[] => [...new Set(unit.map(({ item }) => item))];

/** The items of which the unit takes goods, or changes the value of what must be there. */
const wantedBy = (unit: Unit): number[] => unit.filter(({ quantity }) => quantity <= 0).map(({ item }) => item);

const isReady = (shelf: Shelf, unit: Unit): boolean => isKnown(shelf, unit) && itemsOf(unit).every((item) => isEnough(shelf, unit, item));

/** What it brings back or takes back has had its turn. */
const isKnown = (shelf: Shelf, unit: Unit): boolean =>
  unit.every(({ source, reverses }) => !shelf.pending.has(source?.key ?? '') && !shelf.pending.has(reverses ?? ''));

function isEnough(shelf: Shelf, unit: Unit, item: number): boolean {
  const rows = unit.filter((row) => row.item === item);
  const held = shelf.stock.get(item)?.quantity ?? 0;
  const taken = sumOf(rows.map(({ quantity }) => Math.max(0, -quantity)));
  const isValueAlone = rows.some(({ quantity }) => quantity === 0);
  return (taken === 0 || taken <= held) && (!isValueAlone || held > 0);
}

/** Those that wait, in their order; by item what they change together, and how many of them want some of it. */
interface Queue {
  readonly units: Unit[];
  readonly changes: Map<number, number>;
  readonly claims: Map<number, number>;
}

/** Counts what a unit changes and wants as it comes to the queue (1) or leaves it (-1). */
function note({ changes, claims }: Queue, unit: Unit, sign: 1 | -1): void {
  for (const { item, quantity } of unit) changes.set(item, (changes.get(item) ?? 0) + sign * quantity);
  for (const item of wantedBy(unit)) claims.set(item, (claims.get(item) ?? 0) + sign);
}

/** Carries a unit and all that wait and can go now; gives the items that were touched. */
function carried(shelf: Shelf, queue: Queue, unit: Unit): number[] {
  carry(shelf, unit);
  return [unit, ...settle(shelf, queue)].flatMap(itemsOf);
}

/** Takes one of those that wait though it is not its turn. */
function take(shelf: Shelf, queue: Queue, unit: Unit): number[] {
  queue.units.splice(queue.units.indexOf(unit), 1);
  note(queue, unit, -1);
  return carried(shelf, queue, unit);
}

/** Lets go those that only wait for each other, around the items at which something came or went. */
function untie(shelf: Shelf, queue: Queue, touched: number[]): void {
  // The list grows while it is walked through.
  for (const item of touched) {
    if ((shelf.stock.get(item)?.quantity ?? 0) + (queue.changes.get(item) ?? 0) < 0) continue;
    const knot = knotAround(queue.units, item);
    const first = isEnoughForAll(shelf, knot) ? knot.find((one) => isKnown(shelf, one)) : undefined;
    if (first) touched.push(...take(shelf, queue, first));
  }
}

/** Takes those that wait and can go now, none before another one that wants the same goods, and gives them. */
function settle(shelf: Shelf, queue: Queue): Unit[] {
  const gone: Unit[] = [];
  const claimed = new Set<number>();
  for (let at = 0; at < queue.units.length; ) {
    const unit = queue.units[at] ?? [];
    const wanted = wantedBy(unit);
    if (!wanted.some((item) => claimed.has(item)) && isReady(shelf, unit)) {
      carry(shelf, unit);
      queue.units.splice(at, 1);
      note(queue, unit, -1);
      gone.push(unit);
      claimed.clear();
      at = 0;
    } else {
      for (const item of wanted) claimed.add(item);
      at += 1;
    }
  }
  return gone;
}

/** Those that wait and have to do with an item, or with the items of others that have to do with it; in their order. */
function knotAround(waiting: readonly Unit[], item: number): Unit[] {
  const knot = new Set<Unit>();
  const items = new Set([item]);
  // The set of items grows while it is walked through.
  for (const one of items) {
    const near = waiting.filter((unit) => !knot.has(unit) && unit.some((row) => row.item === one));
    for (const unit of near) knot.add(unit);
    for (const other of near.flatMap(itemsOf)) items.add(other);
  }
  return waiting.filter((unit) => knot.has(unit));
}

/** Whether all of them together leave nothing below zero, and goods where the value alone changes. */
function isEnoughForAll(shelf: Shelf, knot: readonly Unit[]): boolean {
  const rows = [...Map.groupBy(knot.flat(), ({ item }) => item)];
  return rows.every(([item, own]) => {
    const left = sumOf([shelf.stock.get(item)?.quantity ?? 0, ...own.map(({ quantity }) => quantity)]);
    return own.some(({ quantity }) => quantity === 0) ? left > 0 : left >= 0;
  });
}

function carry(shelf: Shelf, unit: Unit): void {
  const before = new Map(itemsOf(unit).map((item) => [item, { ...stockOf(shelf, item) }]));
  const parts = unit.filter(({ as }) => typeof as === 'object');
  let shares: number[] | null = null;
  for (const row of unit) {
    const known = shelf.costs.get(row.reverses ?? '');
    if (known) giveBack(shelf, row.reverses ?? '', known.value);
    if (typeof row.as === 'object') shares ??= sharesOf(shelf, unit, parts);
    const value = known ? 0 - known.value : (shares?.[parts.indexOf(row)] ?? worthOf(shelf, row, before.get(row.item)));
    const stock = stockOf(shelf, row.item);
    stock.quantity += row.quantity;
    stock.value += value - (known?.adjustment ?? 0);
    const rest = stranded(stock);
    stock.value += rest;
    shelf.costs.set(row.key, { value, adjustment: rest - (known?.adjustment ?? 0), after: stock.value });
    shelf.pending.delete(row.key);
  }
}

function stockOf(shelf: Shelf, item: number): { quantity: number; value: number } {
  const known = shelf.stock.get(item) ?? { quantity: 0, value: 0 };
  shelf.stock.set(item, known);
  return known;
}

/** Value without goods goes, and goods are never worth less than nothing. */
const stranded = ({ quantity, value }: Stock): number => (value < 0 || (quantity <= 0 && value > 0) ? 0 - value : 0);

function worthOf(shelf: Shelf, row: CostedRow, before: Stock | undefined): number {
  if (row.as === 'own') return row.own ?? 0;
  if (row.as === 'source' && row.source) return shareOfSource(shelf, row.source);
  if (row.quantity > 0) return averageOf(before, row.quantity);
  return 0 - costOf(stockOf(shelf, row.item), -row.quantity);
}

const averageOf = (stock: Stock | undefined, quantity: number): number =>
  stock && stock.quantity > 0 && stock.value > 0 ? mulDiv([stock.value, quantity], [stock.quantity]) : 0;

/** The last piece takes whatever value is left. */
function costOf(stock: Stock, quantity: number): number {
  if (stock.quantity <= 0 || stock.value <= 0) return 0;
  return quantity >= stock.quantity ? stock.value : mulDiv([stock.value, quantity], [stock.quantity]);
}

/** Counted from the beginning: all that came back adds up to the rounded share, and the last of it to the whole. */
function shareOfSource(shelf: Shelf, source: CostSource): number {
  const left = shelf.costs.get(source.key);
  const cost = left ? -left.value : source.cost;
  const taken = shelf.returned.get(source.key) ?? { ...source.before };
  const quantity = taken.quantity + source.quantity;
  const value = Math.max(0, portionOf(cost, quantity, source.whole) - taken.value);
  shelf.returned.set(source.key, { quantity, value: taken.value + value });
  return value;
}

/** What had come back and went again has not come back. */
function giveBack(shelf: Shelf, key: string, value: number): void {
  const source = shelf.sources.get(key);
  const taken = shelf.returned.get(source?.key ?? '');
  if (!source || !taken) return;
  shelf.returned.set(source.key, { quantity: taken.quantity - source.quantity, value: taken.value - value });
}

/** What the other goods of the unit cost, shared among its parts. */
function sharesOf(shelf: Shelf, unit: Unit, parts: readonly CostedRow[]): number[] {
  const cost = 0 - sumOf(unit.filter(({ as }) => typeof as !== 'object').map(({ key }) => shelf.costs.get(key)?.value ?? 0));
  return splitByLargestRemainder(
    cost,
    parts.map(({ as }) => (typeof as === 'object' ? as.part : 0)),
  );
}
