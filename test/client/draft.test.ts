import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reckon } from '../../app/renderer/documents/form/calculations.ts';
import { calculationOf } from '../../app/renderer/documents/form/calculations.ts';
import { changeDraft, type DraftAction, type DraftState, emptyDraft } from '../../app/renderer/documents/form/draft.ts';

const asItIs: Reckon = (content) => content;
const afterActions = (actions: DraftAction[], reckon: Reckon = asItIs, state: DraftState = emptyDraft): DraftState =>
  actions.reduce((now, action) => changeDraft(now, action, reckon), state);
const opened = afterActions([
  { type: 'open', content: { values: { name: 'A' }, parts: { lines: [{ id: 7, item: 1, quantity: 2 }] } }, titles: {} },
]);
const lines = (state: DraftState) => state.now.parts.lines ?? [];

describe('an open form', () => {
  test('typing on in one field is one step of undo, another field begins a new one', () => {
    const typed = afterActions(
      [
        { type: 'values', values: { name: 'B' }, place: 'name' },
        { type: 'values', values: { name: 'BC' }, place: 'name' },
        { type: 'values', values: { city: 'X' }, place: 'city' },
      ],
      asItIs,
      opened,
    );
    const once = afterActions([{ type: 'undo' }], asItIs, typed);
    expect(once.now.values).toEqual({ name: 'BC' });
    expect(afterActions([{ type: 'undo' }], asItIs, once).now.values).toEqual({ name: 'A' });
    expect(afterActions([{ type: 'redo' }], asItIs, once).now.values).toEqual({ name: 'BC', city: 'X' });
  });

  test('a paste over two lines and beyond is taken back with one undo', () => {
    const pasted = afterActions(
      [{ type: 'paste', part: 'lines', at: 0, rows: [{ item: 5 }, { item: 6 }, { item: 7 }], fresh: { quantity: 1 } }],
      asItIs,
      opened,
    );
    expect(lines(pasted)).toEqual([
      { id: 7, item: 5, quantity: 2 },
      { id: -1, item: 6, quantity: 1 },
      { id: -2, item: 7, quantity: 1 },
    ]);
    expect(lines(afterActions([{ type: 'undo' }], asItIs, pasted))).toEqual([{ id: 7, item: 1, quantity: 2 }]);
  });

  test('what fills itself after a choice joins the choice in undo', () => {
    const filled = afterActions(
      [
        { type: 'insert', part: 'lines', at: 1, rows: [{ item: 9 }] },
        { type: 'cells', part: 'lines', changes: [{ row: -1, values: { price: 30 } }], joins: true },
      ],
      asItIs,
      opened,
    );
    expect(lines(filled)[1]).toEqual({ id: -1, item: 9, price: 30 });
    expect(lines(afterActions([{ type: 'undo' }], asItIs, filled))).toHaveLength(1);
  });

  test('marked lines move together and stop at the edge', () => {
    const three = afterActions([{ type: 'insert', part: 'lines', at: 1, rows: [{ item: 2 }, { item: 3 }] }], asItIs, opened);
    const up = afterActions([{ type: 'shift', part: 'lines', rows: [-1, -2], by: -1 }], asItIs, three);
    expect(lines(up).map(({ item }) => item)).toEqual([2, 3, 1]);
    expect(lines(afterActions([{ type: 'shift', part: 'lines', rows: [-1, -2], by: -1 }], asItIs, up)).map(({ item }) => item)).toEqual([
      2, 3, 1,
    ]);
  });

  test('a hundred steps back and no further', () => {
    const many = afterActions(
      Array.from({ length: 130 }, (_, index): DraftAction => ({ type: 'values', values: { name: `${index}` } })),
      asItIs,
      opened,
    );
    const back = afterActions(
      Array.from({ length: 130 }, (): DraftAction => ({ type: 'undo' })),
      asItIs,
      many,
    );
    expect(back.now.values.name).toBe('29');
    expect(
      afterActions(
        Array.from({ length: 130 }, (): DraftAction => ({ type: 'redo' })),
        asItIs,
        back,
      ).now,
    ).toBe(many.now);
  });

  test('whatever is done, undoing it all brings back what was opened', () => {
    const action = fc.oneof(
      fc.record({ type: fc.constant('values' as const), values: fc.record({ name: fc.string() }) }),
      fc.record({
        type: fc.constant('insert' as const),
        part: fc.constant('lines'),
        at: fc.nat(3),
        rows: fc.array(fc.record({ item: fc.nat() }), { maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant('remove' as const),
        part: fc.constant('lines'),
        rows: fc.array(fc.integer({ min: -5, max: 8 }), { maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant('shift' as const),
        part: fc.constant('lines'),
        rows: fc.array(fc.integer({ min: -5, max: 8 }), { maxLength: 3 }),
        by: fc.constantFrom(1 as const, -1 as const),
      }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const done = afterActions(actions, asItIs, opened);
        const ids = lines(done).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(
          afterActions(
            actions.map(() => ({ type: 'undo' as const })),
            asItIs,
            done,
          ).now,
        ).toEqual(opened.now);
      }),
    );
  });
});

describe('the arithmetic of a form', () => {
  const order = calculationOf('salesOrder', { currencyDigits: 2, baseDigits: 2 });

  test('a line is reckoned while it is typed, and the others keep their identity', () => {
    const start = order({
      values: { discountRate: 0, discountAmount: 0, roundOff: 0 },
      parts: {
        lines: [
          { id: 1, item: 1, quantity: 2_000_000, grossPrice: 113_000_000, priceBasis: 'gross', discount: 0, taxRate: 130_000, gift: false },
          { id: 2, item: 2, quantity: 1_000_000, grossPrice: 10_000_000, priceBasis: 'gross', discount: 0, taxRate: 130_000, gift: false },
        ],
      },
    });
    expect(start.values).toMatchObject({ total: 23_600, taxTotal: 2_715 });
    const changed = order({
      ...start,
      parts: { lines: (start.parts.lines ?? []).map((line) => (line.id === 2 ? { ...line, quantity: 3_000_000 } : line)) },
    });
    expect(changed.parts.lines?.[0]).toBe(start.parts.lines?.[0]);
    expect(changed.parts.lines?.[1]).not.toBe(start.parts.lines?.[1]);
    expect(changed.values.total).toBe(25_600);
  });

  test('a number too large to be exact leaves the form as it stands', () => {
    const content = {
      values: {},
      parts: { lines: [{ id: 1, quantity: Number.MAX_SAFE_INTEGER, grossPrice: Number.MAX_SAFE_INTEGER, priceBasis: 'gross' }] },
    };
    expect(order(content)).toBe(content);
  });
});
