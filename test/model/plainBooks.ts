import { loadRecords } from '../../server/database/rows.ts';
import { tableOf } from '../../server/database/tables.ts';
import { isGuarded } from '../../server/ledger/post.ts';
import type { Work } from '../../server/work.ts';
import type { AnyRecord, AnyRow } from '../../shared/kernel/definition.ts';

/**
 * What the books must say, reckoned from the papers alone and in the plainest words: no moves, no fed fields, no definitions. Kept
 * apart from the product on purpose: whoever changes what a document does changes it here too, or the test says so.
 */
export class PlainBooks {
  readonly #documents: readonly AnyRecord[];
  readonly #services: ReadonlySet<number>;
  readonly #held = new Map<string, number>();

  constructor(documents: readonly AnyRecord[], services: ReadonlySet<number>) {
    this.#documents = documents;
    this.#services = services;
    for (const document of documents) papers[document.type]?.(this, document);
  }

  /** What lies where, by `ledger subject place`; nothing that is zero. */
  get held(): ReadonlyMap<string, number> {
    return new Map([...this.#held].filter(([, amount]) => amount !== 0));
  }

  add(ledger: string, subject: unknown, place: string, amount: number): void {
    const key = `${ledger} ${subject} ${place}`;
    this.#held.set(key, (this.#held.get(key) ?? 0) + amount);
  }

  goods(line: AnyRow, place: string, sign: 1 | -1, quantity = pieces(line)): void {
    if (!this.#services.has(Number(line.item))) this.add('stock', line.item, place, sign * quantity);
  }

  lot(row: AnyRow, place: string, sign: 1 | -1, quantity = Number(row.quantity)): void {
    this.add('lots', row.lot, place, sign * quantity);
  }

  /** How much rows of papers in force took from a paper (or from one row of it). */
  taken(from: AnyRecord, by: readonly string[], of: { row?: number; part?: string; field: string }): number {
    return sum(
      this.inForce(by).flatMap((document) =>
        Object.entries(document.parts)
          .filter(([part]) => of.part === undefined || part === of.part)
          .flatMap(([, rows]) => rows)
          .filter((row) => row.sourceType === from.type && row.source === from.id)
          .filter((row) => of.row === undefined || row.sourceRow === of.row)
          .map((row) => Number(row[of.field] ?? 0)),
      ),
    );
  }

  inForce(types: readonly string[]): AnyRecord[] {
    return this.#documents.filter((document) => types.includes(document.type) && isInForce(document));
  }

  keepsStock(item: unknown): boolean {
    return !this.#services.has(Number(item));
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const pieces = (line: AnyRow, field = 'quantity'): number => (Number(line[field] ?? 0) * Number(line.unitRatio ?? 1_000_000)) / 1_000_000;
const linesOf = (document: AnyRecord): readonly AnyRow[] => document.parts.lines ?? [];

/** States in which a paper counts; everything else is a draft, was taken back, voided or reversed. */
const states: Readonly<Record<string, readonly string[]>> = {
  salesOrder: ['approved', 'completed', 'closed'],
  purchaseOrder: ['approved', 'completed', 'closed'],
  deliveryNotice: ['approved', 'completed', 'closed'],
  stockTransfer: ['posted', 'completed'],
  expenseClaim: ['paid'],
  advance: ['paid'],
};
const isInForce = ({ type, state = '' }: AnyRecord): boolean => (states[type] ?? ['posted']).includes(state);

type Paper = (books: PlainBooks, document: AnyRecord) => void;

/** A paper that counts only while it is in force. */
const whileInForce =
  (paper: Paper): Paper =>
  (books, document) => {
    if (isInForce(document)) paper(books, document);
  };

const goodsAt = (sign: 1 | -1, place: (document: AnyRecord, line: AnyRow) => string): Paper =>
  whileInForce((books, document) => {
    for (const line of linesOf(document)) books.goods(line, place(document, line), sign);
    for (const row of lotsOf(document)) books.lot(row, place(document, row), sign);
  });
/** Which lots the goods are; those of a set that is made or broken go the other way than its parts. */
const lotsOf = ({ parts, values }: AnyRecord): readonly AnyRow[] => (parts.lots ?? []).filter(({ item }) => item !== values.setItem);
const setAt = (sign: 1 | -1): Paper =>
  whileInForce((books, { values, parts }) => {
    const place = `warehouse:${values.warehouse}`;
    books.add('stock', values.setItem, place, sign * Number(values.quantity));
    for (const row of parts.lots ?? []) if (row.item === values.setItem) books.lot(row, place, sign);
  });
const inHead = ({ values }: AnyRecord): string => `warehouse:${values.warehouse}`;
const atCustomer = ({ values }: AnyRecord): string => `lent:${values.customer}`;
const inLine = (_document: AnyRecord, line: AnyRow): string => `warehouse:${line.warehouse}`;

const shippedOf = (books: PlainBooks, order: AnyRecord, line: AnyRow): number => {
  const straight = books.taken(order, ['stockOut'], { row: line.id, field: 'quantity' });
  const overNotices = books.inForce(['deliveryNotice']).flatMap((notice) =>
    linesOf(notice)
      .filter((row) => row.sourceType === order.type && row.source === order.id && row.sourceRow === line.id)
      .map((row) => books.taken(notice, ['stockOut'], { row: row.id, field: 'quantity' })),
  );
  return sum([straight, ...overNotices]);
};

interface SideOfDebt {
  readonly ledger: string;
  readonly party: string;
  readonly payers: readonly string[];
  readonly part: string;
  readonly users: readonly string[];
}
const receivable: SideOfDebt = {
  ledger: 'receivable',
  party: 'customer',
  payers: ['receipt', 'settlement', 'netting', 'debtTransfer'],
  part: 'allocations',
  users: ['settlement', 'refund'],
};
const payable: SideOfDebt = {
  ledger: 'payable',
  party: 'supplier',
  payers: ['payment', 'supplierSettlement', 'netting', 'payableTransfer'],
  part: 'allocations',
  users: ['supplierSettlement', 'supplierRefund'],
};

/** A debt, less what was paid of it by whatever paper. */
function owes(books: PlainBooks, side: SideOfDebt, document: AnyRecord, amount: number): void {
  const paid = books.taken(document, side.payers, { field: 'amount' });
  books.add(side.ledger, document.values[side.party], `${document.type}:${document.id}`, amount - paid);
}

/** Money or goods we hold for somebody, less what was used of it. */
function holds(books: PlainBooks, side: SideOfDebt, document: AnyRecord, of: { amount: number; place: string }): void {
  const usedOfIt = books.taken(document, side.users, { field: 'amount', part: 'credits' });
  books.add(side.ledger, document.values[side.party], of.place, usedOfIt - of.amount);
}

const debtOf = (side: SideOfDebt): Paper => whileInForce((books, document) => owes(books, side, document, Number(document.values.total)));
const advanceOf = (side: SideOfDebt): Paper =>
  whileInForce((books, document) =>
    holds(books, side, document, { amount: Number(document.values.total), place: `prepaid:${document.values.currency}` }),
  );
const creditOf = (side: SideOfDebt): Paper =>
  whileInForce((books, document) =>
    holds(books, side, document, { amount: Number(document.values.total), place: `${document.type}:${document.id}` }),
  );

const moneyOf = (side: SideOfDebt, sign: 1 | -1): Paper =>
  whileInForce((books, document) => {
    const { account, amount, fee, roundOff, currency } = document.values;
    books.add('cash', account, 'held', sign * Number(amount) - Number(fee ?? 0));
    const allocated = sum((document.parts.allocations ?? []).map((row) => Number(row.amount)));
    holds(books, side, document, { amount: Number(amount) + Number(roundOff ?? 0) - allocated, place: `prepaid:${currency}` });
  });

const cash = (field: string, sign: 1 | -1, account = 'account'): Paper =>
  whileInForce((books, { values }) => books.add('cash', values[account], 'held', sign * Number(values[field] ?? 0)));

const both =
  (...all: readonly Paper[]): Paper =>
  (books, document) => {
    for (const paper of all) paper(books, document);
  };
const nothing: Paper = () => undefined;

/** What each kind of paper says while it is in force. Kinds that move nothing say `nothing`. */
export const papers: Readonly<Record<string, Paper>> = {
  salesOrder: whileInForce((books, order) => {
    for (const line of linesOf(order)) {
      if (order.state === 'closed' || !books.keepsStock(line.item)) continue;
      const open = Number(line.quantity) - shippedOf(books, order, line);
      books.add('promise', line.item, `promised:${line.warehouse ?? 0}`, pieces({ ...line, open }, 'open'));
    }
    if (order.values.receivableFrom === 'stockOut') return;
    owes(books, receivable, order, Number(order.values.total) - Number(order.values.waived ?? 0));
  }),
  stockOut: both(
    goodsAt(-1, inLine),
    whileInForce((books, note) => {
      if (note.values.receivableFrom === 'stockOut') owes(books, receivable, note, Number(note.values.total));
    }),
  ),
  salesReturn: both(goodsAt(1, inLine), creditOf(receivable)),
  sampleNote: both(
    goodsAt(-1, inHead),
    whileInForce((books, note) => {
      if (note.values.charge === 'charged') owes(books, receivable, note, Number(note.values.total));
    }),
  ),
  loan: both(goodsAt(-1, inHead), goodsAt(1, atCustomer)),
  loanReturn: both(goodsAt(-1, atCustomer), goodsAt(1, inHead)),
  loanSale: both(goodsAt(-1, atCustomer), debtOf(receivable)),
  loanWriteOff: goodsAt(-1, atCustomer),
  purchaseOrder: whileInForce((books, order) => {
    for (const line of linesOf(order)) {
      if (order.state === 'closed' || !books.keepsStock(line.item)) continue;
      const received = books.taken(order, ['stockIn'], { row: line.id, field: 'quantity' });
      const open = Math.max(0, Number(line.quantity) - received);
      books.add('onOrder', line.item, `ordered:${line.warehouse ?? 0}`, pieces({ ...line, open }, 'open'));
    }
    if (order.values.payableFrom === 'order') owes(books, payable, order, Number(order.values.total) - Number(order.values.waived ?? 0));
  }),
  stockIn: both(
    goodsAt(1, inLine),
    whileInForce((books, note) => owes(books, payable, note, Number(note.values.dueTotal))),
  ),
  purchaseReturn: both(goodsAt(-1, inLine), creditOf(payable)),
  receipt: moneyOf(receivable, 1),
  payment: moneyOf(payable, -1),
  refund: cash('credited', -1),
  supplierRefund: cash('credited', 1),
  debtTransfer: debtOf(receivable),
  payableTransfer: debtOf(payable),
  openingBalance: debtOf(receivable),
  openingPayable: debtOf(payable),
  openingCredit: advanceOf(receivable),
  openingSupplierCredit: advanceOf(payable),
  openingCash: cash('amount', 1),
  openingStock: goodsAt(1, inHead),
  stockTransfer: both(
    goodsAt(-1, inHead),
    goodsAt(1, ({ values }) => `transit:${values.toWarehouse}`),
  ),
  transferIn: whileInForce((books, arrival) => {
    for (const line of linesOf(arrival)) {
      books.goods(line, `transit:${arrival.values.warehouse}`, -1);
      books.goods(line, inHead(arrival), 1, pieces(line) - pieces(line, 'lost'));
    }
    for (const row of lotsOf(arrival)) {
      books.lot(row, `transit:${arrival.values.warehouse}`, -1);
      books.lot(row, inHead(arrival), 1, Number(row.quantity) - Number(row.lost ?? 0));
    }
  }),
  otherIn: goodsAt(1, inHead),
  otherOut: goodsAt(-1, inHead),
  requisition: goodsAt(-1, inHead),
  requisitionReturn: goodsAt(1, inHead),
  stockGain: goodsAt(1, inHead),
  stockLoss: goodsAt(-1, inHead),
  assembly: both(goodsAt(-1, inHead), setAt(1)),
  disassembly: both(goodsAt(1, inHead), setAt(-1)),
  cashEntry: whileInForce((books, { values }) =>
    books.add('cash', values.account, 'held', values.direction === 'income' ? Number(values.amount) : -Number(values.amount)),
  ),
  cashTransfer: whileInForce((books, { values }) => {
    books.add('cash', values.fromAccount, 'held', -Number(values.amount) - Number(values.fee ?? 0));
    books.add('cash', values.toAccount, 'held', Number(values.amount));
  }),
  expenseClaim: whileInForce((books, claim) => {
    const { claimant, account } = claim.values;
    const total = sum(linesOf(claim).map((line) => Number(line.amount)));
    const offset = sum((claim.parts.offsets ?? []).map((row) => Number(row.amount)));
    if (account) books.add('cash', account, 'held', offset - total);
    books.add('advance', claimant, 'owed', -offset);
  }),
  advance: whileInForce((books, { values }) => {
    books.add('cash', values.account, 'held', -Number(values.amount));
    books.add('advance', values.claimant, 'owed', Number(values.amount));
  }),
  advanceReturn: whileInForce((books, document) => {
    const total = sum((document.parts.returns ?? []).map((row) => Number(row.amount)));
    books.add('cash', document.values.account, 'held', total);
    books.add('advance', document.values.claimant, 'owed', -total);
  }),
  // Their effect is what other papers took: a settlement moves from one debt to another.
  settlement: nothing,
  supplierSettlement: nothing,
  netting: nothing,
  // Value alone; quantities and money stay where they are.
  costAdjustment: nothing,
  // Papers of the tax office: what is owed and where goods lie is the same before and after.
  salesInvoice: nothing,
  redInvoice: nothing,
  purchaseInvoice: nothing,
  // What is closed or confirmed up to a day moves nothing.
  accountDay: nothing,
  customerConfirmation: nothing,
  supplierConfirmation: nothing,
};

/** Every paper of a company as it stands in the database. */
export async function allPapers(work: Work): Promise<AnyRecord[]> {
  const all: AnyRecord[] = [];
  for (const definition of work.company.catalogue.definitions.filter(({ kind }) => kind === 'document')) {
    const ids = (await work.tx(tableOf(definition)).whereNull('deleted_at').orderBy('id').pluck('id')) as number[];
    all.push(...(await loadRecords(work.tx, definition, ids, { parts: true })));
  }
  return all;
}

/** Where the ledgers and the plain reckoning differ; value is proven elsewhere, because it depends on the order of things. */
export async function differences(work: Work, books: PlainBooks): Promise<string[]> {
  const rows = (await work.tx('balances').whereNot('ledger', 'cost').whereNot('amount', 0).select('*')) as {
    ledger: string;
    subject: number;
    place: string;
    amount: number;
  }[];
  const stored = new Map(
    rows
      .filter(({ ledger, place }) => {
        const kind = place.split(':')[0] ?? '';
        return !work.company.catalogue.ledger(ledger).outside.includes(kind);
      })
      .map(({ ledger, subject, place, amount }) => [`${ledger} ${subject} ${place}`, amount]),
  );
  const keys = new Set([...stored.keys(), ...books.held.keys()]);
  return [...keys]
    .filter((key) => (stored.get(key) ?? 0) !== (books.held.get(key) ?? 0))
    .map((key) => `${key}: the ledger has ${stored.get(key) ?? 0}, the papers say ${books.held.get(key) ?? 0}`);
}

/** Value never lies without goods, nor goods below nothing. */
export async function oddValues(work: Work): Promise<string[]> {
  const rows = (await work.tx('balances').whereIn('ledger', ['stock', 'cost']).select('*')) as {
    ledger: string;
    subject: number;
    place: string;
    amount: number;
  }[];
  return [...Map.groupBy(rows, ({ subject }) => subject)].flatMap(([item, all]) => {
    const inside = all.filter(({ ledger, place }) => ledger === 'stock' && isGuarded(work.company.catalogue.ledger('stock'), place));
    const quantity = sum(inside.map(({ amount }) => amount));
    const value = all.find(({ ledger, place }) => ledger === 'cost' && place === 'stock')?.amount ?? 0;
    if (value < 0) return [`item ${item}: ${quantity} are worth ${value}`];
    return quantity === 0 && value !== 0 ? [`item ${item}: ${value} without goods`] : [];
  });
}
