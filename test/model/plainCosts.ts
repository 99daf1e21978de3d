import type { Work } from '../../server/work.ts';
import type { AnyRecord, AnyRow } from '../../shared/kernel/definition.ts';

/**
 * What goods must cost, reckoned from the papers alone and in the plainest words: papers in the order of their days, those of one day
 * in the order in which they were posted, goods that were not there yet put off until they were, and papers that put
 * each other off though there is enough for all of them taken as they come. Kept apart from the product on purpose.
 */
export async function costDifferences(work: Work, papers: readonly AnyRecord[], services: ReadonlySet<number>): Promise<string[]> {
  const turns = await turnsOf(work);
  const entries = papers.flatMap((paper) => entriesOf(paper, turns, papers)).filter(({ item }) => !services.has(item));
  entries.sort((a, b) => (a.day === b.day ? a.turn - b.turn : a.day < b.day ? -1 : 1));
  const books = new Books();
  const put: Unit[] = [];
  for (const unit of unitsOf(entries)) {
    put.push(unit);
    while (books.takeNext(put));
  }
  while (put.length > 0) {
    const [unit = []] = put.splice(
      Math.max(
        0,
        put.findIndex((one) => books.isKnown(one)),
      ),
      1,
    );
    books.take(unit);
    while (books.takeNext(put));
  }
  return [...(await placesThatDiffer(work, books)), ...rowsThatDiffer(papers, entries)];
}

interface Entry {
  readonly paper: AnyRecord;
  readonly line: AnyRow | null;
  readonly day: string;
  readonly turn: number;
  readonly item: number;
  /** Pieces that come, below zero those that go; none when only the value changes. */
  readonly pieces: number;
  readonly place: string;
  readonly cost: 'average' | 'back' | 'set' | number;
  readonly weight: number;
  /** The entry that a reversal takes back. */
  readonly undoes?: string;
  value?: number;
  adjusted?: number;
}

const nameOf = (entry: Pick<Entry, 'paper' | 'line' | 'item'>): string =>
  `${entry.paper.type} ${entry.paper.id} ${entry.line?.id ?? 0} ${entry.item}`;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const piecesOf = (line: AnyRow, field = 'quantity'): number => (Number(line[field] ?? 0) * Number(line.unitRatio ?? 1_000_000)) / 1_000_000;

async function turnsOf(work: Work): Promise<Map<string, number>> {
  const rows = (await work
    .tx('audit')
    .whereIn('action', ['step.post', 'step.reverse'])
    .groupBy('type', 'record_id', 'action')
    .select('type', 'record_id', 'action')
    .max({ seq: 'seq' })) as { type: string; record_id: number; action: string; seq: number }[];
  return new Map(rows.map(({ type, record_id, action, seq }) => [`${type} ${record_id} ${action}`, seq]));
}

type Told = Pick<Entry, 'pieces' | 'place' | 'cost'> & { readonly item?: number; readonly weight?: number };
type Teller = (line: AnyRow, paper: AnyRecord) => Told;

const out =
  (place: string): Teller =>
  (line) => ({ pieces: -piecesOf(line), place, cost: 'average' });
const tellers: Readonly<Record<string, Teller>> = {
  openingStock: (line) => ({ pieces: piecesOf(line), place: 'opening', cost: Number(line.value) }),
  stockIn: (line) => ({ pieces: piecesOf(line), place: 'purchases', cost: Number(line.cost) }),
  purchaseReturn: (line) => ({ pieces: -piecesOf(line), place: 'purchases', cost: -Number(line.cost) }),
  stockOut: out('costOfSales'),
  salesReturn: (line) => ({ pieces: piecesOf(line), place: 'costOfSales', cost: line.source ? 'back' : 'average' }),
  sampleNote: (line, { values }) => out(values.charge === 'charged' ? 'costOfSales' : 'use')(line, { values } as AnyRecord),
  loanSale: out('costOfSales'),
  loanWriteOff: (line, { values }) => out(values.writeOffKind === 'gift' ? 'use' : 'adjustment')(line, { values } as AnyRecord),
  transferIn: (line) => ({ pieces: -piecesOf(line, 'lost'), place: 'adjustment', cost: 'average' }),
  otherIn: (line) => ({ pieces: piecesOf(line), place: 'adjustment', cost: line.unitCost === null ? 'average' : Number(line.cost) }),
  otherOut: out('adjustment'),
  requisition: out('use'),
  requisitionReturn: (line) => ({ pieces: piecesOf(line), place: 'use', cost: 'back' }),
  stockGain: (line) => ({ pieces: piecesOf(line), place: 'count', cost: 'average' }),
  stockLoss: out('count'),
  assembly: out('assembly'),
  disassembly: (line, { parts }) => {
    const isShared = (parts.lines ?? []).some((one) => Number(one.share ?? 0) > 0);
    return { pieces: piecesOf(line), place: 'assembly', cost: 'set', weight: isShared ? Number(line.share ?? 0) : piecesOf(line) };
  },
  costAdjustment: (line) => ({ pieces: 0, place: 'adjustment', cost: Number(line.amount) }),
};

/** A paper in force tells what moved; a reversed one still does, and the one that reversed it tells the opposite. */
function entriesOf(paper: AnyRecord, turns: ReadonlyMap<string, number>, papers: readonly AnyRecord[]): Entry[] {
  const teller = tellers[paper.type];
  if (!teller) return [];
  if (paper.state === 'reversal') {
    const original = papers.find(({ type, id }) => type === paper.type && id === paper.values.reversalOf);
    const turn = turns.get(`${paper.type} ${original?.id} step.reverse`) ?? 0;
    const told = original ? entriesOf(original, turns, papers) : [];
    return told.map((entry) => ({ ...entry, paper, pieces: -entry.pieces, day: String(paper.values.day), turn, undoes: nameOf(entry) }));
  }
  if (!['posted', 'completed', 'reversed'].includes(paper.state ?? '')) return [];
  const head = { paper, day: String(paper.values.day), turn: turns.get(`${paper.type} ${paper.id} step.post`) ?? 0, weight: 1 };
  const lines = (paper.parts.lines ?? [])
    .map((line): Entry => ({ ...head, line, item: Number(line.item), ...teller(line, paper) }))
    .filter(({ pieces, cost }) => pieces !== 0 || (typeof cost === 'number' && cost !== 0));
  if (paper.type !== 'assembly' && paper.type !== 'disassembly') return lines;
  const isMade = paper.type === 'assembly';
  const pieces = Number(paper.values.quantity) * (isMade ? 1 : -1);
  const set: Entry = {
    ...head,
    line: null,
    item: Number(paper.values.setItem),
    pieces,
    place: 'assembly',
    cost: isMade ? 'set' : 'average',
  };
  return isMade ? [...lines, set] : [set, ...lines];
}

type Unit = readonly Entry[];

/** Rows of one item of a paper go together; where goods are made of each other, all of them. */
function unitsOf(entries: readonly Entry[]): Unit[] {
  const keyOf = ({ paper, item, undoes }: Entry): string =>
    `${paper.type} ${paper.id} ${['assembly', 'disassembly'].includes(paper.type) && !undoes ? '' : item}`;
  return [...Map.groupBy(entries, keyOf).values()];
}

const wants = (unit: Unit): Set<number> => new Set(unit.filter(({ pieces }) => pieces <= 0).map(({ item }) => item));
const isBehind = (unit: Unit, others: readonly Unit[]): boolean =>
  others.some((other) => [...wants(other)].some((item) => wants(unit).has(item)));

/** The unit and all that have goods in common with it, over however many others. */
function heldUpWith(unit: Unit, put: readonly Unit[]): Unit[] {
  const items = new Set(unit.map(({ item }) => item));
  const isNear = (other: Unit): boolean => other.some(({ item }) => items.has(item));
  for (let size = 0; size < items.size; ) {
    size = items.size;
    for (const { item } of put.filter(isNear).flat()) items.add(item);
  }
  return put.filter(isNear);
}

class Books {
  readonly shelf = new Map<number, { pieces: number; value: number }>();
  readonly places = new Map<string, number>();
  readonly #done = new Map<string, Entry>();
  readonly #back = new Map<string, { pieces: number; value: number }>();

  stock(item: number): { pieces: number; value: number } {
    const known = this.shelf.get(item) ?? { pieces: 0, value: 0 };
    this.shelf.set(item, known);
    return known;
  }

  /** Takes the first that can go, or the first of those that hold each other up for nothing. */
  takeNext(put: Unit[]): boolean {
    const ready = put.findIndex((unit, index) => !isBehind(unit, put.slice(0, index)) && this.#canTake(unit));
    const at = ready >= 0 ? ready : put.findIndex((unit) => this.isKnown(unit) && this.#lastsForAll(heldUpWith(unit, put)));
    if (at < 0) return false;
    this.take(put.splice(at, 1)[0] ?? []);
    return true;
  }

  isKnown(unit: Unit): boolean {
    return unit.every(({ cost, undoes, ...entry }) => {
      if (undoes) return this.#done.has(undoes);
      return cost !== 'back' || this.#left(entry) !== undefined;
    });
  }

  #lastsForAll(units: readonly Unit[]): boolean {
    const entries = units.flat();
    return entries.every(({ item }) => {
      const own = entries.filter((entry) => entry.item === item);
      const left = this.stock(item).pieces + sum(own.map(({ pieces }) => pieces));
      return left > 0 || (left === 0 && own.every(({ pieces }) => pieces !== 0));
    });
  }

  #canTake(unit: Unit): boolean {
    if (!this.isKnown(unit)) return false;
    return [...wants(unit)].every((item) => {
      const own = unit.filter((entry) => entry.item === item);
      const held = this.stock(item).pieces;
      return sum(own.map(({ pieces }) => Math.max(0, -pieces))) <= held && (held > 0 || own.every(({ pieces }) => pieces !== 0));
    });
  }

  take(unit: Unit): void {
    const before = new Map(unit.map(({ item }) => [item, { ...this.stock(item) }]));
    for (const entry of unit) {
      const stock = this.stock(entry.item);
      const undone = this.#done.get(entry.undoes ?? '');
      if (undone?.cost === 'back') this.#wentAgain(undone);
      entry.value = undone ? -(undone.value ?? 0) : this.#worth(entry, unit, before.get(entry.item) ?? stock);
      entry.adjusted = undone ? -(undone.adjusted ?? 0) : 0;
      stock.pieces += entry.pieces;
      stock.value += entry.value + entry.adjusted;
      const over = stock.value < 0 || stock.pieces <= 0 ? stock.value : 0;
      stock.value -= over;
      entry.adjusted -= over;
      this.#add(entry.item, entry.place, entry.value);
      this.#add(entry.item, 'adjustment', entry.adjusted);
      this.#done.set(nameOf(entry), entry);
    }
  }

  #add(item: number, place: string, amount: number): void {
    this.places.set(`${item} ${place}`, (this.places.get(`${item} ${place}`) ?? 0) - amount);
  }

  #left({ line, item }: Pick<Entry, 'line' | 'item'>): Entry | undefined {
    return this.#done.get(`${line?.sourceType} ${line?.source} ${line?.sourceRow} ${item}`);
  }

  #worth(entry: Entry, unit: Unit, before: { pieces: number; value: number }): number {
    const { cost, pieces } = entry;
    if (typeof cost === 'number') return cost;
    if (cost === 'back') return this.#cameBack(entry);
    if (cost === 'set') return this.#partOfSet(entry, unit);
    const stock = pieces > 0 ? before : this.stock(entry.item);
    if (stock.pieces <= 0 || stock.value <= 0) return 0;
    if (pieces < 0 && -pieces >= stock.pieces) return -stock.value;
    return Math.sign(pieces) * rounded(stock.value, Math.abs(pieces), stock.pieces);
  }

  #cameBack(entry: Entry): number {
    const left = this.#left(entry);
    const whole = -(left?.value ?? 0);
    const key = left ? nameOf(left) : '';
    const before = this.#back.get(key) ?? { pieces: 0, value: 0 };
    const pieces = before.pieces + entry.pieces;
    const all = Math.max(0, (pieces >= -(left?.pieces ?? 0) ? whole : rounded(whole, pieces, -(left?.pieces ?? 0))) - before.value);
    this.#back.set(key, { pieces, value: before.value + all });
    return all;
  }

  #wentAgain(undone: Entry): void {
    const left = this.#left(undone);
    const key = left ? nameOf(left) : '';
    const before = this.#back.get(key) ?? { pieces: 0, value: 0 };
    this.#back.set(key, { pieces: before.pieces - undone.pieces, value: before.value - (undone.value ?? 0) });
  }

  /** The largest remainders get what rounding leaves. */
  #partOfSet(entry: Entry, unit: Unit): number {
    const parts = unit.filter(({ cost }) => cost === 'set');
    const whole = -sum(unit.filter(({ cost }) => cost !== 'set').map(({ value }) => value ?? 0));
    const weights = parts.every(({ weight }) => weight === 0) ? parts.map(() => 1) : parts.map(({ weight }) => weight);
    const all = sum(weights);
    const shares = weights.map((weight, index) => {
      const exact = BigInt(whole) * BigInt(weight);
      return { index, share: Number(exact / BigInt(all)), rest: Number(exact % BigInt(all)) };
    });
    const left = whole - sum(shares.map(({ share }) => share));
    const richer = [...shares].sort((a, b) => b.rest - a.rest || a.index - b.index).slice(0, left);
    const own = shares[parts.indexOf(entry)];
    return (own?.share ?? 0) + (own && richer.includes(own) ? 1 : 0);
  }
}

/** Half away from zero, without losing a fen to floating point. */
function rounded(value: number, pieces: number, of: number): number {
  const twice = 2n * BigInt(value) * BigInt(Math.round(pieces)) + BigInt(Math.round(of));
  return Number(twice / (2n * BigInt(Math.round(of))));
}

async function placesThatDiffer(work: Work, books: Books): Promise<string[]> {
  const rows = (await work.tx('balances').where({ ledger: 'cost' }).select('subject', 'place', 'amount')) as {
    subject: number;
    place: string;
    amount: number;
  }[];
  const stored = new Map(rows.map(({ subject, place, amount }) => [`${subject} ${place}`, amount]));
  const wanted = new Map([...books.places, ...[...books.shelf].map(([item, { value }]): [string, number] => [`${item} stock`, value])]);
  return [...new Set([...stored.keys(), ...wanted.keys()])]
    .filter((key) => (stored.get(key) ?? 0) !== (wanted.get(key) ?? 0))
    .map((key) => `cost ${key}: the ledger has ${stored.get(key) ?? 0}, the papers say ${wanted.get(key) ?? 0}`);
}

/** What a paper in force says its goods cost is what they cost. */
function rowsThatDiffer(papers: readonly AnyRecord[], entries: readonly Entry[]): string[] {
  const known = new Map(entries.map((entry) => [nameOf(entry), entry]));
  return papers.flatMap((paper) => {
    if (!['posted', 'completed'].includes(paper.state ?? '') || !tellers[paper.type] || paper.type === 'costAdjustment') return [];
    return (paper.parts.lines ?? []).flatMap((line) => {
      const entry = known.get(nameOf({ paper, line, item: Number(line.item) }));
      if (!entry || line.cost === undefined || Number(line.cost) === Math.abs(entry.value ?? 0)) return [];
      return [`${nameOf(entry)} says ${line.cost}, the papers say ${entry.value}`];
    });
  });
}
