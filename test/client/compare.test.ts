import { describe, expect, test } from 'vitest';
import { compareRecords } from '../../app/renderer/documents/compare/compareRecords.ts';
import { billingLines, billingText } from '../../app/renderer/pages/relations/billing.ts';
import { branchesOf } from '../../app/renderer/pages/relations/branches.ts';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { quotation } from '../../shared/documents/sales/quotation.ts';

const definition = quotation as unknown as Parameters<typeof compareRecords>[0];
const offer = (values: RecordAnswer['values'], lines: Record<string, number | string>[]) => ({
  values,
  parts: { lines: lines.map((line, index) => ({ id: Number(values.id) * 100 + index, ...line })) },
});

describe('two revisions of an offer', () => {
  const before = offer({ id: 1, number: 'QT1', total: 200, validUntil: '2026-01-31' }, [
    { item: 7, quantity: 2, grossPrice: 100, grossAmount: 200 },
    { item: 8, quantity: 1, grossPrice: 50, grossAmount: 50 },
  ]);
  const after = offer({ id: 2, number: 'QT1-R2', total: 240, validUntil: '2026-01-31', revisionOf: 1 }, [
    { item: 9, quantity: 1, grossPrice: 70, grossAmount: 70 },
    { item: 7, quantity: 2, grossPrice: 90, grossAmount: 180 },
  ]);

  test('differ by lines that came, went and cost something else; what holds them together is no difference', () => {
    const { head, parts } = compareRecords(definition, before, after);
    expect(head).toEqual([{ field: 'total', before: 200, after: 240 }]);
    const told = parts.lines?.rows.map(({ before: old, after: fresh, changed }) => [old?.item, fresh?.item, [...changed]]);
    expect(told).toEqual([
      [undefined, 9, []],
      [7, 7, ['grossPrice', 'grossAmount']],
      [8, undefined, []],
    ]);
    expect(parts.lines?.columns).toEqual(['item', 'quantity', 'grossPrice', 'grossAmount']);
  });

  test('with the same item on two lines are compared in their order', () => {
    const twice = offer({ id: 1 }, [
      { item: 7, quantity: 1 },
      { item: 7, quantity: 5 },
    ]);
    const less = offer({ id: 2 }, [{ item: 7, quantity: 1 }]);
    const rows = compareRecords(definition, twice, less).parts.lines?.rows ?? [];
    expect(rows.map((row) => [row.before?.quantity, row.after?.quantity])).toEqual([
      [1, 1],
      [5, undefined],
    ]);
  });

  test('that are the same have no difference', () => {
    const { head, parts } = compareRecords(definition, before, before);
    expect([head, parts.lines?.rows.every((row) => row.changed.size === 0)]).toEqual([[], true]);
  });
});

describe('the people of a customer', () => {
  test('stand below those they answer to, and nobody is lost, not even in a circle', () => {
    const people = [
      { id: 1, above: null },
      { id: 2, above: 1 },
      { id: 3, above: 99 },
      { id: 4, above: 5 },
      { id: 5, above: 4 },
    ];
    expect(branchesOf(people)).toEqual([
      { id: 1, below: [{ id: 2, below: [] }] },
      { id: 3, below: [] },
      { id: 4, below: [{ id: 5, below: [] }] },
    ]);
  });
});

describe('billing details for the tax program', () => {
  const customer = {
    name: '浙江宏远贸易有限公司',
    taxNumber: '9133',
    address: '杭州市',
    phone: '0571-1',
    financePhone: null,
    bank: '工行',
    bankAccount: '6222',
  };

  test('name the buyer, its number, its place and its bank, each on a line of its own', () => {
    const lines = billingLines(customer, customer);
    expect(billingText(lines)).toBe('title: 浙江宏远贸易有限公司\ntaxNumber: 9133\nplace: 杭州市 0571-1\nbank: 工行 6222');
  });

  test('of another title say only what that title says, and what is hidden is left out', () => {
    expect(billingLines({ title: '宏远（上海）', taxNumber: '9131' }, customer)).toEqual([
      { name: 'title', text: '宏远（上海）' },
      { name: 'taxNumber', text: '9131' },
    ]);
  });
});
