import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import type { KnownFacts } from '../../shared/documents/facts.ts';
import type { AnyRecord, AnyRow, Calculation, Definition, PostingResult, Value } from '../../shared/kernel/definition.ts';
import type { Field, Fields } from '../../shared/kernel/fields.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';

/** Which total adds up which column, by calculation. A new calculation without a word here fails the test below. */
const sums: Record<string, { total: string; of: string }[]> = {
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
  stockOut: [{ total: 'costTotal', of: 'lines.cost' }],
  receipt: [{ total: 'allocated', of: 'allocations.amount' }],
  settlement: [{ total: 'allocated', of: 'allocations.amount' }],
  costAdjustment: [{ total: 'amountTotal', of: 'lines.amount' }],
  openingStock: [{ total: 'valueTotal', of: 'lines.value' }],
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
          if (!(result instanceof Refusal)) expect(faultyMoves(result)).toEqual([]);
        }),
        { numRuns: 150 },
      );
    });
  },
);

test('every calculation says what its totals add up', () => {
  expect(calculated.map((definition) => definition.calculation?.name).sort()).toEqual(Object.keys(sums).sort());
});

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
  return fc.record({
    id: fc.constant(7),
    version: fc.constant(1),
    type: fc.constant(definition.type),
    state: fc.constantFrom(...Object.keys(definition.states ?? { none: 0 })),
    values: valuesOf(definition.fields, most),
    parts: fc.record(Object.fromEntries(rows)) as fc.Arbitrary<Record<string, AnyRow[]>>,
  });
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
  floorPrices: byId(fc.record({ floor: fc.option(fc.integer({ min: 0, max: 1e9 })), code: fc.constant('P000001') })),
  credit: fc.record({ limit: fc.option(fc.integer({ min: 0, max: 1e12 })), used: fc.integer({ min: 0, max: 1e12 }) }),
  mayOverdraw: byId(fc.boolean()),
  prepaid: fc.integer({ min: 0, max: 1e12 }),
  sources: fc.constant({}),
  isLive: fc.boolean(),
});

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
