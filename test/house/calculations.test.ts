import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { handlings } from '../../shared/documents/creditRules.ts';
import { even } from '../../shared/documents/exchange.ts';
import type { KnownFacts } from '../../shared/documents/facts.ts';
import type { Share } from '../../shared/documents/shares.ts';
import type { AnyRecord, AnyRow, Calculation, Definition, Posting, PostingResult, Value } from '../../shared/kernel/definition.ts';
import type { Field, Fields } from '../../shared/kernel/fields.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';

/** Which total adds up which column, by calculation. A new calculation without a word here fails the test below. */
const sums: Record<string, { total: string; of: string }[]> = {
  lot: [],
  quotation: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  frameContract: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  salesOrder: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  deliveryNotice: [],
  packingList: [
    { total: 'netWeight', of: 'lines.netWeight' },
    { total: 'grossWeight', of: 'lines.grossWeight' },
  ],
  loan: [{ total: 'costTotal', of: 'lines.cost' }],
  loanWriteOff: [{ total: 'costTotal', of: 'lines.cost' }],
  sampleNote: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'costTotal', of: 'lines.cost' },
  ],
  loanSale: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'costTotal', of: 'lines.cost' },
  ],
  stockOut: [
    { total: 'costTotal', of: 'lines.cost' },
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  salesReturn: [
    { total: 'costTotal', of: 'lines.cost' },
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  purchaseContract: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  inquiry: [],
  supplierQuotation: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  purchaseOrder: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
  ],
  stockIn: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
    { total: 'costTotal', of: 'lines.cost' },
  ],
  purchaseReturn: [
    { total: 'total', of: 'lines.grossAmount' },
    { total: 'netTotal', of: 'lines.netAmount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
    { total: 'costTotal', of: 'lines.cost' },
  ],
  receipt: [{ total: 'allocated', of: 'allocations.amount' }],
  payment: [{ total: 'allocated', of: 'allocations.amount' }],
  settlement: [
    { total: 'allocated', of: 'allocations.amount' },
    { total: 'credited', of: 'credits.amount' },
  ],
  supplierSettlement: [
    { total: 'allocated', of: 'allocations.amount' },
    { total: 'credited', of: 'credits.amount' },
  ],
  netting: [
    { total: 'allocated', of: 'allocations.amount' },
    { total: 'credited', of: 'payables.amount' },
  ],
  debtTransfer: [{ total: 'total', of: 'allocations.amount' }],
  payableTransfer: [{ total: 'total', of: 'allocations.amount' }],
  refund: [{ total: 'credited', of: 'credits.amount' }],
  supplierRefund: [{ total: 'credited', of: 'credits.amount' }],
  openingPayable: [],
  openingCredit: [],
  openingSupplierCredit: [],
  salesInvoice: [{ total: 'total', of: 'lines.grossAmount' }],
  redInvoice: [{ total: 'total', of: 'lines.grossAmount' }],
  purchaseInvoice: [{ total: 'total', of: 'lines.grossAmount' }],
  expenseClaim: [
    { total: 'total', of: 'lines.amount' },
    { total: 'taxTotal', of: 'lines.taxAmount' },
    { total: 'offset', of: 'offsets.amount' },
  ],
  advance: [],
  advanceReturn: [{ total: 'total', of: 'returns.amount' }],
  cashTransfer: [],
  accountDay: [],
  costAdjustment: [{ total: 'amountTotal', of: 'lines.amount' }],
  openingStock: [{ total: 'valueTotal', of: 'lines.value' }],
  goodsCost: [{ total: 'costTotal', of: 'lines.cost' }],
  otherIn: [{ total: 'costTotal', of: 'lines.cost' }],
  stockTransfer: [],
  openingBalance: [],
};

const calculated = catalogue.definitions.filter((definition) => definition.calculation !== undefined);
const posting = calculated.flatMap((definition) =>
  Object.entries(definition.steps ?? {}).flatMap(([name, step]) =>
    step.posts ? [{ type: definition.type, name, definition, posts: step.posts }] : [],
  ),
);

describe.each(calculated.map((definition) => [definition.type, definition] as const))('the arithmetic of a %s', (_type, definition) => {
  const calculation = definition.calculation as Calculation;

  test('gives exact numbers, adds up, and comes to the same when it is run again', () => {
    fc.assert(
      fc.property(documentOf(definition, 1e11), currencies, (document, setting) => {
        const once = calculation.run(structuredClone(document), setting);
        expect(inexactNumbers(definition, once)).toEqual([]);
        for (const { total, of } of sums[calculation.name] ?? []) expect([total, once.values[total]]).toEqual([total, sumOf(once, of)]);
        expect(calculation.run(structuredClone(once), setting)).toEqual(once);
      }),
      { numRuns: 150 },
    );
  });

  test('leaves what people typed as it is', () => {
    fc.assert(
      fc.property(documentOf(definition, 1e11), currencies, (document, setting) => {
        const before = structuredClone(document);
        calculation.run(document, setting);
        expect(document).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  test('refuses numbers it cannot hold and never gives a wrong one', () => {
    fc.assert(
      fc.property(documentOf(definition, Number.MAX_SAFE_INTEGER), currencies, (document, setting) => {
        const result = refusedOr(() => calculation.run(document, setting));
        if (result instanceof Refusal) expect(result.code).toBe('number.tooLarge');
        else expect(inexactNumbers(definition, result)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe.each(posting.map((each) => [each.type, each.name, each] as const))(
  'what a %s posts with %s',
  (_type, _name, { definition, posts }) => {
    test('are whole amounts above zero that move from one place of a known ledger to another', () => {
      fc.assert(
        fc.property(documentOf(definition, 1e11), currencies, factsOf, (document, setting, facts) => {
          const ready = definition.calculation?.run(document, setting) ?? document;
          fc.pre(passesGuards(definition, ready, facts));
          const result = refusedOr(() => posts.moves(ready, { ...facts }));
          if (!(result instanceof Refusal)) expect([...faultyMoves(result), ...untoldDetails(posts, result)]).toEqual([]);
        }),
        { numRuns: 150, maxSkipsPerRun: 400 },
      );
    });
  },
);

test('every calculation says what its totals add up', () => {
  const names = new Set(calculated.map((definition) => definition.calculation?.name));
  expect([...names].sort()).toEqual(Object.keys(sums).sort());
});

/** Ledgers that a posting moves without telling of what is kept in detail which parts they are. */
const untoldDetails = (posts: Posting, { moves }: PostingResult): string[] =>
  catalogue.ledgers
    .filter(({ name, details }) => details && moves.some(({ ledger }) => ledger === details.of) && !posts.details?.includes(name))
    .map(({ name }) => `${posts.name} says nothing of ${name}`);

const currencies = fc.record({ currencyDigits: fc.integer({ min: 0, max: 4 }), baseDigits: fc.constantFrom(0, 2) });

/** A document as the engine hands it to the arithmetic: checked values of the right kinds, empty where they may be. */
function documentOf(definition: Definition, most: number): fc.Arbitrary<AnyRecord> {
  const rows = Object.entries(definition.parts).map(
    ([name, part]) =>
      [
        name,
        fc.array(valuesOf(part.fields, most), { maxLength: 5 }).map((values) => values.map((row, index) => ({ ...row, id: index + 1 }))),
      ] as const,
  );
  const any = fc.record({
    id: fc.constant(7),
    version: fc.constant(1),
    type: fc.constant(definition.type),
    state: fc.constantFrom(...Object.keys(definition.states ?? { none: 0 })),
    values: valuesOf(definition.fields, most),
    parts: fc.record(Object.fromEntries(rows)) as fc.Arbitrary<Record<string, AnyRow[]>>,
  });
  // Guards let few random documents through; most of those that people write are plain: one of everything, lines alone.
  return fc.oneof({ arbitrary: any, weight: 1 }, { arbitrary: any.map((document) => plain(definition, document)), weight: 2 });
}

/** The same document with every link leading to the first record and nothing in its parts beside the lines. */
function plain(definition: Definition, document: AnyRecord): AnyRecord {
  const values = Object.entries(document.values).map(([name, value]) => {
    const { kind } = definition.fields[name] ?? {};
    if (kind === 'link') return [name, 1];
    // The company's own money has no rate, any other one has.
    if (kind === 'exchangeRate') return [name, document.values.inOwnCurrency === true ? even : (value ?? even)];
    return [name, value];
  });
  const parts = Object.entries(document.parts).map(([name, rows]) => [name, name === 'lines' ? rows : []]);
  return { ...document, values: Object.fromEntries(values), parts: Object.fromEntries(parts) };
}

function valuesOf(fields: Fields, most: number): fc.Arbitrary<Record<string, Value>> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, anyValueOf(field, most)])));
}

function anyValueOf(field: Field, most: number): fc.Arbitrary<Value> {
  const value = filledValueOf(field, most);
  return field.required ? value : fc.option(value, { nil: null, freq: 4 });
}

function filledValueOf(field: Field, most: number): fc.Arbitrary<Value> {
  switch (field.kind) {
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.choices);
    case 'text':
    case 'note':
      return fc.constantFrom('salesOrder', 'A-1');
    case 'day':
      return fc.constantFrom('2026-01-31', '2026-11-21');
    case 'instant':
      return fc.constant('2026-11-21T08:00:00.000Z');
    case 'money':
    case 'quantity':
    case 'price':
    case 'rate':
    case 'exchangeRate':
    case 'integer':
      return fc.integer({ min: Math.max(field.min ?? 0, 0), max: Math.min(field.max ?? most, most) });
    default:
      return fc.integer({ min: 1, max: 4 });
  }
}

const factsOf: fc.Arbitrary<KnownFacts> = fc.record({
  averageCost: byId(fc.record({ quantity: fc.integer({ min: -1e9, max: 1e9 }), value: fc.integer({ min: -1e6, max: 1e9 }) })),
  stockKept: byId(fc.boolean()),
  tracking: fc.constant({}),
  lots: fc.constant({ byRow: {}, expired: 'warn' } as const),
  lotIds: fc.constant({}),
  floorPrices: byId(fc.record({ floor: fc.option(fc.integer({ min: 0, max: 1e9 })), code: fc.constant('P000001') })),
  orderCredit: creditAt(),
  releaseCredit: creditAt(),
  outboundCredit: creditAt(),
  release: fc.constant({ deposits: [], stock: [], rules: { deposit: 'approve', stock: 'warn' } } as const),
  orderShares: byId(share()),
  deliveryShares: byId(share()),
  mayOverdraw: byId(fc.boolean()),
  costReturned: fc.constant({}),
  sources: fc.constant({}),
  payableFrom: fc.constantFrom('order', 'stockIn'),
  purchaseLimit: fc.option(fc.integer({ min: 0, max: 1e12 })),
  currencyDigits: fc.constant({ currencyDigits: 2, baseDigits: 2 }),
  confirmedBalance: fc.integer({ min: -1e12, max: 1e12 }),
  isLive: fc.boolean(),
  taxAdjustmentMax: fc.constant(5),
  // Two amounts drawn by chance are never near each other: a company that minds nothing lets them pass.
  invoiceTolerance: fc.constantFrom(100, 1e15),
  expenseRule: fc.record({ days: fc.constantFrom(0, 180), late: fc.constantFrom('approve' as const, 'refuse' as const) }),
  accountMoney: byId(fc.record({ currency: fc.constantFrom(1, 2), digits: fc.constantFrom(0, 2), isBase: fc.boolean() })),
  accountDay: fc.constant({ opening: 0, income: 0, expense: 0, closing: 0, closedThrough: null, today: '2026-11-21' }),
});

/** How a customer may stand: near the limit or far from it, late or not. */
function creditAt(): fc.Arbitrary<KnownFacts['orderCredit']> {
  const credit = fc.record({
    limit: fc.option(fc.integer({ min: 0, max: 1e12 })),
    used: fc.integer({ min: 0, max: 1e12 }),
    overdueDays: fc.integer({ min: 0, max: 400 }),
    overdueAmount: fc.integer({ min: 0, max: 1e12 }),
    graceDays: fc.constantFrom(0, 30),
  });
  return fc.record({ amount: fc.constantFrom(...handlings), overdue: fc.constantFrom(...handlings), credit: fc.option(credit) });
}

/** A row that is delivered in parts, and what was taken of it so far. */
function share(): fc.Arbitrary<Share> {
  const amount = fc.integer({ min: 0, max: 1e9 });
  const amounts = { netAmount: amount, grossAmount: amount, baseNetAmount: amount, cost: amount };
  return fc.record({
    type: fc.constant('salesOrder'),
    id: fc.integer({ min: 1, max: 4 }),
    state: fc.constantFrom('approved', 'completed'),
    head: fc.constant({ currency: 1, exchangeRate: 1_000_000_000, receivableFrom: 'stockOut' }),
    row: fc.record({ id: fc.integer({ min: 1, max: 4 }), quantity: fc.integer({ min: 1, max: 1e9 }) }) as fc.Arbitrary<AnyRow>,
    currencyDigits: fc.constantFrom(0, 2),
    whole: fc.record(amounts),
    taken: fc.record({ quantity: fc.integer({ min: 0, max: 1e9 }), ...amounts }),
  });
}

function byId<T>(each: fc.Arbitrary<T>): fc.Arbitrary<Record<number, T>> {
  return fc.record({ 1: each, 2: each, 3: each, 4: each }) as fc.Arbitrary<Record<number, T>>;
}

/** Whether a document came through every guard of the steps that post, as it must have to be there. Guards that a right passes do not count. */
function passesGuards(definition: Definition, document: AnyRecord, facts: KnownFacts): boolean {
  const guards = Object.values(definition.steps ?? {}).flatMap((step) => (step.posts ? (step.requires ?? []) : []));
  return guards.every((guard) => guard.override !== undefined || guard.check(document, { ...facts }) === null);
}

/** Paths of numbers that are no safe integers, and of values a field of their kind cannot hold. */
function inexactNumbers(definition: Definition, record: AnyRecord): string[] {
  const rows = Object.entries(definition.parts).flatMap(([name, part]) =>
    (record.parts[name] ?? []).flatMap((row, index) => inexactIn(part.fields, row).map((field) => `${name}.${index}.${field}`)),
  );
  return [...inexactIn(definition.fields, record.values), ...rows];
}

function inexactIn(fields: Fields, values: Record<string, Value>): string[] {
  const unknown = Object.keys(values).filter((name) => name !== 'id' && !(name in fields));
  const inexact = Object.keys(fields).filter((name) => typeof values[name] === 'number' && !Number.isSafeInteger(values[name]));
  return [...unknown.map((name) => `${name} is no field`), ...inexact.map((name) => `${name} = ${values[name]}`)];
}

function sumOf(record: AnyRecord, path: string): number {
  const [part = '', field = ''] = path.split('.');
  return (record.parts[part] ?? []).reduce((sum, row) => sum + Number(row[field] ?? 0), 0);
}

function faultyMoves({ moves }: PostingResult): unknown[] {
  const known = catalogue.ledgers.map((ledger) => ledger.name);
  return moves.filter(
    ({ ledger, subject, from, to, amount }) =>
      !known.includes(ledger) ||
      !Number.isSafeInteger(subject) ||
      subject < 1 ||
      !Number.isSafeInteger(amount) ||
      amount <= 0 ||
      from === to ||
      from === '' ||
      to === '',
  );
}

function refusedOr<T>(run: () => T): T | Refusal {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
}
