import { expect, test } from 'vitest';
import { deciding } from '../../server/features/exchange/import/decide.ts';
import { type ReadCell, readValue } from '../../server/features/exchange/import/readValue.ts';
import type { CheckedRow } from '../../server/features/exchange/import/rowReading.ts';
import type { CellValue } from '../../server/features/exchange/workbook/cells.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { customerImport } from '../../shared/exchange/customerImport.ts';
import type { Decision } from '../../shared/exchange/importAnswers.ts';
import { targetOfHeading } from '../../shared/exchange/importPlan.ts';
import { itemImport } from '../../shared/exchange/itemImport.ts';
import { choice, day, type Field, flag, money, rate, text as textField } from '../../shared/kernel/fields.ts';

const setting = { today: '2026-11-23', baseDigits: 2, isAllText: false };
const read = (field: Field, cell: CellValue): ReadCell => readValue({ type: 'customer', path: 'language', field }, cell, setting);
const text = (content: string): CellValue => ({ kind: 'text', text: content });
const number = (content: string): CellValue => ({ kind: 'number', text: content, value: Number(content) });
const codeOf = (cell: ReadCell): string | undefined => ('problem' in cell ? cell.problem.code : cell.remark?.code);

test('a cell is read as what its field holds, or says why it cannot be', () => {
  expect(read(money(), number('2887.88'))).toEqual({ value: 288_788 });
  expect(read(money(), text('（12）'))).toMatchObject({ problem: { code: 'import.notANumber' } });
  expect(read(money(), number('99999999999999999'))).toMatchObject({ problem: { code: 'import.tooLarge' } });
  expect(read(rate(), text('13%'))).toEqual({ value: 130_000, remark: { code: 'import.readAs', facts: { value: '0.13' } } });
  expect(read(day(), { kind: 'day', day: '2026-03-05' })).toEqual({ value: '2026-03-05' });
  expect(read(day(), text('2026年3月5日'))).toMatchObject({ value: '2026-03-05', remark: { code: 'import.readAs' } });
  expect(['5', '3-15', 't', '明天'].map((typed) => codeOf(read(day(), text(typed))))).toEqual(Array(4).fill('import.notADay'));
  expect(read(flag(), text('是'))).toMatchObject({ value: true });
  expect(codeOf(read(flag(), text('也许')))).toBe('import.notAFlag');
  expect(codeOf(read(choice(['zh-CN', 'en']), text('法语')))).toBe('import.unknownChoice');
  expect(read(choice(['zh-CN', 'en']), text('EN'))).toEqual({ value: 'en' });
});

test('a number of more digits than a workbook keeps is not taken for a code', () => {
  const account = textField({ max: 60 });
  expect(codeOf(read(account, number('6243579003039082000')))).toBe('import.digitsLost');
  expect(read(account, number('692178406000'))).toEqual({ value: '692178406000' });
  expect(read(account, text('6243579003039082391'))).toEqual({ value: '6243579003039082391' });
});

test('headings are known in each language, whatever width, script and marks they are written with', () => {
  const customers = ['客户名称', '客戶名稱', ' *客户名称（必填）', 'CUSTOMER NAME', 'ｃｕｓｔｏｍｅｒ－ｎａｍｅ', '天气'];
  expect(customers.map((heading) => targetOfHeading(customerImport, heading))).toEqual(['name', 'name', 'name', 'name', 'name', null]);
  expect(['价格：VIP', 'Price: Wholesale', '价格：'].map((heading) => targetOfHeading(itemImport, heading))).toEqual([
    'prices[VIP]',
    'prices[Wholesale]',
    null,
  ]);
});

const row = (of: Partial<CheckedRow> & Pick<CheckedRow, 'row' | 'kind'>): CheckedRow => ({
  title: '甲公司',
  draft: { values: {}, parts: {} },
  given: [],
  companions: {},
  pending: [],
  problems: [],
  remarks: [],
  mark: '',
  fold: null,
  near: null,
  isFormula: false,
  ...of,
});
const decided = (decision: Decision, ...rows: CheckedRow[]) => {
  const { intake, take } = deciding(customerImport, catalogue, { decisions: { all: decision }, existing: 'update' });
  for (const one of rows) take(one);
  return intake.rejected.map((rejected) => [rejected.row, rejected.reasons[0]?.code]);
};

test('a row that should fill another takes its place when that one is left out', () => {
  const rows = [
    row({ row: 2, kind: 'clean', fold: '甲' }),
    row({ row: 3, kind: 'nearDuplicate', fold: '甲公司', match: { row: 2, likeness: 'near' } }),
    row({ row: 4, kind: 'nearDuplicate', fold: '甲公司', match: { row: 3, likeness: 'exact' } }),
  ];
  const { intake, take } = deciding(customerImport, catalogue, {
    decisions: { all: 'skip', rows: { 4: 'mergeInto' } },
    existing: 'update',
  });
  for (const one of rows) take(one);
  expect([intake.fresh.map((fresh) => fresh.row), intake.merged]).toEqual([[2, 4], 0]);
});

test('a decision for many leaves out the rows for which it is no choice', () => {
  const wrong = row({ row: 2, kind: 'badTaxNumber', problems: [{ code: 'field.badTaxNumber', facts: {}, text: '12' }] });
  const like = row({ row: 3, kind: 'nearDuplicate', match: { row: 2, likeness: 'near', changeable: false } });
  expect(decided('mergeInto', wrong, like)).toEqual([
    [2, 'field.badTaxNumber'],
    [3, 'import.nearDuplicate'],
  ]);
  expect(decided('take', wrong, like)).toEqual([[2, 'field.badTaxNumber']]);
  const twin = row({ row: 4, kind: 'nearDuplicate', fold: '甲', match: { row: 3, likeness: 'exact' } });
  expect(decided('take', twin)).toEqual([[4, 'import.nearDuplicate']]);
});

test('a customer somebody may not change is not changed by an import either', () => {
  const match = { title: '甲公司', likeness: 'exact', changeable: false } as const;
  expect(
    decided(
      'take',
      row({ row: 2, kind: 'existing', match }),
      row({ row: 3, kind: 'nearDuplicate', match: { ...match, likeness: 'near', id: 5 } }),
    ),
  ).toEqual([[2, 'import.notChangeable']]);
});

test('of two rows with one folded name only the first can be taken', () => {
  const rows = [
    row({ row: 2, kind: 'clean', fold: '甲' }),
    row({ row: 3, kind: 'nearDuplicate', fold: '甲', match: { row: 2, likeness: 'near' } }),
  ];
  expect(decided('take', ...rows)).toEqual([[3, 'record.duplicate']]);
});
