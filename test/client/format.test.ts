import { expect, test } from 'vitest';
import { draftOf, inputOf } from '../../app/renderer/pages/settings/positionDraft.ts';
import {
  fieldText,
  formatDay,
  formatInstant,
  formatMoney,
  formatPrice,
  formatQuantity,
  formatRate,
  formatUnitCost,
} from '../../app/renderer/ui/format.ts';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';

test('amounts carry the digits of their currency and commas between thousands', () => {
  expect([formatMoney(123456789, 2), formatMoney(-50, 2), formatMoney(1234, 0)]).toEqual(['1,234,567.89', '-0.50', '1,234']);
});

test('quantities drop idle zeros, prices keep two decimals and show more where there are more', () => {
  expect([formatQuantity(1_500_000), formatQuantity(12_000_000_000)]).toEqual(['1.5', '12,000']);
  expect([formatPrice(12_000_000), formatPrice(12_345_600)]).toEqual(['12.00', '12.3456']);
  expect(formatUnitCost(584_012_345_678)).toBe('584,012.3457');
  expect([formatRate(130_000), formatRate(5_500)]).toEqual(['13%', '0.55%']);
});

test('a day stands in the order of its language, a moment on the clock of the company', () => {
  expect((['zh-CN', 'zh-TW', 'en'] as const).map((language) => formatDay('2026-11-05', language))).toEqual([
    '2026-11-05',
    '2026/11/05',
    '5 Nov 2026',
  ]);
  expect(formatInstant('2026-11-21T17:30:00.000Z', 'zh-CN', 'Asia/Shanghai')).toBe('2026-11-22 01:30');
});

test('links and choices read by their names, empty fields read as nothing', () => {
  const setting = {
    language: 'en',
    timeZone: 'UTC',
    digits: 2,
    titles: { customer: { 7: 'Acme' } },
    choiceLabel: (value: string) => value.toUpperCase(),
    yes: 'Yes',
    no: 'No',
  } as const;
  expect(fieldText({ kind: 'link', to: 'customer' }, 7, setting)).toBe('Acme');
  expect(fieldText({ kind: 'choice', choices: ['a'] }, 'a', setting)).toBe('A');
  expect(fieldText({ kind: 'flag' }, false, setting)).toBe('No');
  expect(fieldText({ kind: 'money' }, null, setting)).toBe('');
});

test('rows a position already has keep their ids, and what reaches nobody is not sent', () => {
  const record = {
    version: 3,
    values: { name: 'Sales', administrator: false },
    parts: {
      grants: [{ id: 5, type: 'order', operation: 'read', scope: 'own' }],
      specialRights: [{ id: 8, right: 'see.cost' }],
      fieldRights: [],
    },
  } as unknown as RecordAnswer;
  const draft = draftOf(record);
  const input = inputOf(
    { ...draft, grants: { ...draft.grants, 'order:read': 'all', 'order:change': 'own', 'order:delete': 'none' }, rights: [] },
    record,
  );
  expect(input.version).toBe(3);
  expect(input.parts?.grants).toEqual([
    { id: 5, type: 'order', operation: 'read', scope: 'all' },
    { id: undefined, type: 'order', operation: 'change', scope: 'own' },
  ]);
  expect(input.parts?.specialRights).toEqual([]);
});
