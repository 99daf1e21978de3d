import { expect, test } from 'vitest';
import { choiceName, type DomainWords, fieldName, refusalText, typeName } from '../../shared/language/labels.ts';
import { nearestLanguage } from '../../shared/language/languages.ts';

const words: DomainWords = {
  types: { order: { one: 'Order', many: 'Orders' }, note: { one: 'Note' } },
  fields: { common: { quantity: 'Quantity', name: 'Name' }, order: { name: 'Order name', 'lines.quantity': 'Ordered' } },
  parts: { common: {} },
  choices: { common: { side: { left: 'Left' } }, order: { side: { left: 'Port' } } },
  states: { common: {} },
  steps: { common: {} },
  groups: {},
  areas: {},
  operations: {},
  scopes: {},
  rights: {},
  ledgers: {},
  dictionaries: {},
  refusals: { 'stock.notEnough': '{{item}}: wanted {{wanted|quantity}}, free {{free|quantity}}{{missing}}' },
};

test('a list is called by its many, and by its one where there is no other word', () => {
  expect([typeName(words, 'order', 'many'), typeName(words, 'note', 'many'), typeName(words, 'order')]).toEqual([
    'Orders',
    'Note',
    'Order',
  ]);
});

test('the word of the type wins over the common one, the full path over the bare name', () => {
  expect(fieldName(words, 'order', 'name')).toBe('Order name');
  expect(fieldName(words, 'note', 'name')).toBe('Name');
  expect(fieldName(words, 'order', 'lines.quantity')).toBe('Ordered');
  expect(fieldName(words, 'note', 'lines.quantity')).toBe('Quantity');
  expect(choiceName(words, 'order', 'side', 'left')).toBe('Port');
  expect(choiceName(words, 'note', 'lines.side', 'left')).toBe('Left');
});

test('a refusal reads with its facts in the form their kind asks for, and without those nobody gave', () => {
  const text = refusalText(words, 'stock.notEnough', { item: 'Pen', wanted: 3_000_000, free: 1_500_000 }, (value, kind) =>
    kind === 'quantity' ? String(Number(value) / 1_000_000) : String(value),
  );
  expect(text).toBe('Pen: wanted 3, free 1.5');
  expect(refusalText(words, 'unheard.of', {}, String)).toBeNull();
});

test('a browser in Hong Kong reads Traditional Chinese, one in Singapore Simplified, one in Berlin English', () => {
  expect(['zh-Hant-HK', 'zh-SG', 'de-DE', 'zh-TW', null].map(nearestLanguage)).toEqual(['zh-TW', 'zh-CN', 'en', 'zh-TW', 'zh-CN']);
});
