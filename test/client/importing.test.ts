import { expect, test } from 'vitest';
import { choicesForKind, takenCount } from '../../app/renderer/importing/takenRows.ts';
import { choicesFor } from '../../shared/exchange/decisions.ts';

const answer = {
  counts: { rows: 20, clean: 10, existing: 4, nearDuplicate: 5, formulaText: 1 },
  waiting: { nearDuplicate: 5, formulaText: 1 },
  choices: {
    nearDuplicate: { take: 3, mergeInto: 4 },
    formulaText: { take: 1, mergeInto: 0 },
    existing: { take: 0, mergeInto: 2 },
  },
};
const twin = { row: 7, kind: 'nearDuplicate', match: { row: 2, likeness: 'exact' as const } };
const like = { row: 8, kind: 'nearDuplicate', match: { row: 2, likeness: 'near' as const } };

test('a row that bears the name of another is not offered as a record of its own, and what may not be changed is not merged into', () => {
  expect(choicesFor(twin)).toEqual(['skip', 'mergeInto']);
  expect(choicesFor(like)).toEqual(['skip', 'take', 'mergeInto']);
  expect(choicesFor({ match: { title: '甲公司', likeness: 'near', changeable: true } })).toEqual(['skip', 'take']);
  expect(choicesFor({ match: { id: 3, likeness: 'exact', changeable: false } })).toEqual(['skip']);
  expect(choicesForKind(answer, 'formulaText')).toEqual(['skip', 'take']);
});

test('the button promises as many rows as come in', () => {
  const count = (...of: Parameters<typeof takenCount> extends [unknown, ...infer Rest] ? Rest : never) => takenCount(answer, ...of);
  expect(count({ all: 'skip' }, 'skip', [])).toBe(10);
  expect(count({ all: 'skip' }, 'update', [])).toBe(12);
  expect(count({ all: 'take' }, 'skip', [])).toBe(14);
  expect(count({ all: 'skip', kinds: { nearDuplicate: 'take' } }, 'skip', [])).toBe(13);
  expect(count({ all: 'skip', rows: { 7: 'mergeInto', 8: 'take' } }, 'skip', [twin, like])).toBe(12);
  expect(count({ all: 'skip', kinds: { nearDuplicate: 'take' }, rows: { 7: 'mergeInto', 8: 'skip' } }, 'skip', [twin, like])).toBe(13);
});
