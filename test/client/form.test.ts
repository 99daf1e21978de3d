import { describe, expect, test } from 'vitest';
import type { DraftContent } from '../../app/renderer/documents/form/calculations.ts';
import { placeProblems } from '../../app/renderer/documents/form/fieldProblems.ts';
import { isChanged, parcelOf } from '../../app/renderer/documents/form/input.ts';
import { readNumber, shapeOf, showNumber } from '../../app/renderer/documents/form/inputs/numberText.ts';
import { mergeDrafts } from '../../app/renderer/documents/form/merge.ts';
import { makeAsker, makeSaver, type SaveDoor } from '../../app/renderer/documents/form/saver.ts';
import type { DefinitionAnswer, RecordAnswer, RecordInput } from '../../shared/contracts/wire.ts';
import { flag, link, money, price, quantity, rate, text } from '../../shared/kernel/fields.ts';

const definition: DefinitionAnswer = {
  type: 'thing',
  kind: 'document',
  area: 'x',
  title: 'number',
  fields: { number: text({ max: 20, derived: true }), name: text({ max: 80 }), total: money({ derived: true }), urgent: flag() },
  parts: {
    lines: {
      max: 100,
      key: ['item', 'count'],
      fields: { item: link('item'), count: quantity(), price: price({ default: 0 }), note: text({ max: 80 }) },
    },
  },
  operations: ['create', 'change'],
  sort: [],
};
const content = (name: string, lines: DraftContent['parts'][string]): DraftContent => ({
  values: { number: 'N1', name, total: 1, urgent: false },
  parts: { lines },
});

describe('what is sent', () => {
  test('a new record carries what was filled, without sums and without empty lines', () => {
    const { input, rowIds } = parcelOf(
      definition,
      null,
      content('A', [
        { id: -1, item: 4, count: 5 },
        { id: -2, price: 0 },
        { id: -3, item: 6 },
      ]),
    );
    expect(input).toEqual({ values: { name: 'A', urgent: false }, parts: { lines: [{ item: 4, count: 5 }, { item: 6 }] } });
    expect(rowIds).toEqual({ lines: [-1, -3] });
  });

  test('a change carries only what differs, and a changed part whole', () => {
    const before = content('A', [
      { id: 1, item: 4, count: 5 },
      { id: 2, item: 5, count: 1 },
    ]);
    const after = content('B', [
      { id: 1, item: 4, count: 5 },
      { id: 2, item: 5, count: 3 },
    ]);
    expect(parcelOf(definition, before, after).input).toEqual({
      values: { name: 'B' },
      parts: {
        lines: [
          { id: 1, item: 4, count: 5 },
          { id: 2, item: 5, count: 3 },
        ],
      },
    });
    expect(parcelOf(definition, before, content('A', before.parts.lines ?? [])).input).toEqual({ values: {} });
  });

  test('a form with an empty line, an unset flag or a sum of its own is not changed', () => {
    const before = content('A', [{ id: 1, item: 4, count: 5 }]);
    const after: DraftContent = {
      values: { ...before.values, total: 99, urgent: null },
      parts: {
        lines: [
          { id: 1, item: 4, count: 5, price: 0 },
          { id: -1, price: 0 },
        ],
      },
    };
    expect(isChanged(definition, before, after)).toBe(false);
    expect(isChanged(definition, before, content('A', []))).toBe(true);
  });

  test('a refusal of the second sent line points at the third line of the form', () => {
    const places = placeProblems(
      [
        { path: 'lines.1.count', code: 'field.required' },
        { path: 'name', code: 'field.required' },
      ],
      { lines: [11, 13] },
    );
    expect([...places.keys()]).toEqual(['lines.13.count', 'name']);
  });
});

describe('two people change one record', () => {
  const base = content('A', [
    { id: 1, item: 4, count: 5 },
    { id: 2, item: 5, count: 1 },
  ]);

  test('changes in different places are taken together', () => {
    const mine = content('B', [
      { id: 1, item: 4, count: 6 },
      { id: 2, item: 5, count: 1 },
      { id: -1, item: 9, count: 1 },
    ]);
    const theirs = content('A', [
      { id: 1, item: 4, count: 5, note: 'soon' },
      { id: 3, item: 8, count: 2 },
    ]);
    const merge = mergeDrafts({ definition, base, mine, theirs });
    expect(merge.conflicts).toEqual([]);
    expect(merge.content.values.name).toBe('B');
    expect(merge.content.parts.lines).toMatchObject([
      { id: 1, count: 6, note: 'soon' },
      { id: -1, item: 9 },
      { id: 3, item: 8 },
    ]);
    expect(merge.content.parts.lines).toHaveLength(3);
  });

  test('the same value changed twice is asked about, and the choice counts', () => {
    const mine = content('B', [
      { id: 1, item: 4, count: 6 },
      { id: 2, item: 5, count: 1 },
    ]);
    const theirs = content('C', [
      { id: 1, item: 4, count: 7 },
      { id: 2, item: 5, count: 1 },
    ]);
    const merge = mergeDrafts({ definition, base, mine, theirs, choices: { 'lines.1.count': 'theirs' } });
    expect(merge.conflicts.map(({ path }) => path)).toEqual(['name', 'lines.1.count']);
    expect(merge.content.values.name).toBe('B');
    expect(merge.content.parts.lines?.[0]?.count).toBe(7);
  });

  test('a line that one deleted and the other changed stays', () => {
    const mine = content('A', [{ id: 1, item: 4, count: 5 }]);
    const theirs = content('A', [
      { id: 1, item: 4, count: 5 },
      { id: 2, item: 5, count: 30 },
    ]);
    expect(mergeDrafts({ definition, base, mine, theirs }).content.parts.lines).toHaveLength(2);
    expect(mergeDrafts({ definition, base, mine, theirs: base }).content.parts.lines).toHaveLength(1);
  });
});

describe('saving over a broken line', () => {
  const answerOf = (input: RecordInput, id: number, version = 1): RecordAnswer => ({
    type: 'thing',
    id,
    version,
    values: { name: input.values?.name ?? null },
    titles: {},
    createdAt: '',
    createdBy: 1,
    changedAt: '',
    changedBy: 1,
    parts: { lines: (input.parts?.lines ?? []).map((row, index) => ({ ...row, id: row.id ?? 100 + index }) as { id: number }) },
  });

  /** A server that keeps what it made by key, and whose answers get lost on demand. */
  function server() {
    const made = new Map<string, RecordAnswer>();
    const changes: [number, RecordInput][] = [];
    const changed = new Map<string, RecordAnswer>();
    const line = { lost: 0 };
    const lose = <T>(answer: T): T => {
      if (line.lost === 0) return answer;
      line.lost -= 1;
      throw Object.assign(new Error('lost'), { status: 0 });
    };
    const door: SaveDoor = {
      create: async (input, key) => {
        const answer = made.get(key) ?? answerOf(input, made.size + 1);
        made.set(key, answer);
        return lose(answer);
      },
      change: async (id, input, key) => {
        const known = changed.get(key);
        if (!known) changes.push([id, input]);
        const answer = known ?? answerOf(input, id, (input.version ?? 0) + 1);
        changed.set(key, answer);
        return lose(answer);
      },
    };
    return { door, made, changes, line };
  }
  let keys = 0;
  const wish = (now: DraftContent, saved: { id: number; version: number } | null = null) => ({
    definition,
    saved,
    base: content('', []),
    now,
    confirmed: [],
  });

  test('a create whose answer was lost makes one record when it is tried again', async () => {
    const { door, made, line } = server();
    const saver = makeSaver(door, () => `key${keys++}`);
    line.lost = 2;
    const form = content('A', [{ id: -1, item: 4, count: 5 }]);
    await expect(saver.save(wish(form))).rejects.toThrow('lost');
    await expect(saver.save(wish(form))).rejects.toThrow('lost');
    await expect(saver.save(wish(form))).resolves.toMatchObject({ id: 1 });
    expect(made.size).toBe(1);
  });

  test('what was typed after the lost answer follows as a change of the same record and the same line', async () => {
    const { door, made, changes, line } = server();
    const saver = makeSaver(door, () => `key${keys++}`);
    line.lost = 1;
    await expect(saver.save(wish(content('A', [{ id: -1, item: 4, count: 5 }])))).rejects.toThrow('lost');
    await saver.save(wish(content('A', [{ id: -1, item: 4, count: 8 }])));
    expect(made.size).toBe(1);
    expect(changes).toEqual([[1, { values: {}, parts: { lines: [{ id: 100, item: 4, count: 8 }] }, version: 1 }]]);
  });

  test('a change whose answer was lost is made once, and what was typed since follows on top of it', async () => {
    const { door, changes, line } = server();
    const saver = makeSaver(door, () => `key${keys++}`);
    const saved = { id: 7, version: 3 };
    line.lost = 2;
    await expect(saver.save(wish(content('A', []), saved))).rejects.toThrow('lost');
    await expect(saver.save(wish(content('A', []), saved))).rejects.toThrow('lost');
    await expect(saver.save(wish(content('A', []), saved))).resolves.toMatchObject({ version: 4 });
    line.lost = 1;
    await expect(saver.save(wish(content('B', []), { id: 7, version: 4 }))).rejects.toThrow('lost');
    await expect(saver.save(wish(content('C', []), { id: 7, version: 4 }))).resolves.toMatchObject({ version: 6 });
    expect(changes.map(([, { version, values }]) => [version, values?.name])).toEqual([
      [3, 'A'],
      [4, 'B'],
      [5, 'C'],
    ]);
  });

  test('when the line breaks once more before what followed is answered, there is still one record, changed once', async () => {
    const { door, made, changes, line } = server();
    const breaking: SaveDoor = { ...door, change: (...of) => door.change(...of).then(() => Promise.reject(new Error('lost'))) };
    const saver = makeSaver(breaking, () => `key${keys++}`);
    line.lost = 1;
    await expect(saver.save(wish(content('A', [])))).rejects.toThrow('lost');
    await expect(saver.save(wish(content('B', [])))).rejects.toThrow('lost');
    await expect(saver.save(wish(content('B', [])))).rejects.toThrow('lost');
    expect([made.size, changes.length]).toEqual([1, 1]);
  });

  test('a step whose answer was lost is asked for with its own key again, another one with another', async () => {
    const ask = makeAsker(() => `key${keys++}`);
    const seen: string[] = [];
    const lost = (key: string) => {
      seen.push(key);
      return Promise.reject(new Error('lost'));
    };
    for (const words of ['approve', 'approve', 'void']) await expect(ask(words, lost)).rejects.toThrow('lost');
    await ask('void', async (key) => void seen.push(key));
    await ask('void', async (key) => void seen.push(key));
    expect(seen[1]).toBe(seen[0]);
    expect(seen[3]).toBe(seen[2]);
    expect(new Set(seen).size).toBe(3);
  });

  test('after a refusal the next try is a new one', async () => {
    const seen: string[] = [];
    const door: SaveDoor = {
      create: async (_input, key) => {
        seen.push(key);
        throw Object.assign(new Error('refused'), { status: 422 });
      },
      change: () => Promise.reject(new Error('never')),
    };
    const saver = makeSaver(door, () => `key${keys++}`);
    await expect(saver.save(wish(content('A', [])))).rejects.toThrow('refused');
    await expect(saver.save(wish(content('A', [])))).rejects.toThrow('refused');
    expect(new Set(seen).size).toBe(2);
  });
});

describe('numbers as people type them', () => {
  test('thousands, full-width digits, sums and percentages', () => {
    expect(readNumber('1,234.5', money(), 2)).toEqual({ value: 123_450 });
    expect(readNumber('１２。５', quantity(), 2)).toEqual({ value: 12_500_000 });
    expect(readNumber('12*3+5', quantity(), 2)).toEqual({ value: 41_000_000 });
    expect(readNumber('13%', rate(), 2)).toEqual({ value: 130_000 });
    expect(readNumber('-3', money(), 0)).toEqual({ value: -3 });
    expect(readNumber('  ', money(), 2)).toEqual({ value: null });
  });

  test('what is no number, too fine or out of bounds says so', () => {
    expect(readNumber('abc', money(), 2)).toEqual({ problem: 'notANumber' });
    expect(readNumber('1.005', money(), 2)).toEqual({ problem: 'tooManyDigits' });
    expect(readNumber('-1', money({ min: 0 }), 2)).toEqual({ problem: 'tooSmall' });
    expect(readNumber('101', rate({ max: 1_000_000 }), 2)).toEqual({ problem: 'tooGreat' });
  });

  test('thousands stand where nobody types, plain digits where somebody does', () => {
    const shape = shapeOf(money(), 2);
    expect(showNumber(123_456_789, shape)).toBe('1,234,567.89');
    expect(showNumber(123_450, shape, true)).toBe('1234.5');
    expect(showNumber(130_000, shapeOf(rate(), 2))).toBe('13%');
    expect(showNumber(null, shape)).toBe('');
  });
});
