import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, test } from 'vitest';
import { nameKey, nearNameKey } from '../../shared/kernel/companyName.ts';
import { parseExact } from '../../shared/kernel/numbers.ts';
import { barcodeProblem, mobileProblem, taxNumberProblem } from '../../shared/kernel/validators.ts';

const folder = join(import.meta.dirname, '..', 'data');

type Row = Record<string, string>;
type Judge = (row: Row) => string;

let expected: Record<'customers' | 'products', Record<string, number>>;

beforeAll(async () => {
  expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'));
});

describe('the sample workbooks, judged row by row', () => {
  test('customers: every row has one verdict, and the verdicts are as many as were made', async () => {
    const rows = await rowsOf('customers.xlsx');
    expect({ rows: rows.length, ...countsOf(rows, judgeOfCustomers()) }).toEqual(expected.customers);
  });

  test('customers: the order of the rows does not change how many there are of each', async () => {
    const rows = await rowsOf('customers.xlsx');
    expect({ rows: rows.length, ...countsOf(rows.toReversed(), judgeOfCustomers()) }).toEqual(expected.customers);
  });

  test('no two clean customers share a key', async () => {
    const judge = judgeOfCustomers();
    const clean = (await rowsOf('customers.xlsx')).filter((row) => judge(row) === 'clean');
    expect(new Set(clean.map((row) => nameKey(row.客户名称 ?? ''))).size).toBe(clean.length);
  });

  test('products: every row has one verdict, and the verdicts are as many as were made', async () => {
    const rows = await rowsOf('products.xlsx');
    expect({ rows: rows.length, ...countsOf(rows, judgeOfProducts()) }).toEqual(expected.products);
  });

  test("Taiwan's customers are clean under the same rules", async () => {
    const rows = await rowsOf('customers-zh-TW.xlsx');
    expect(rows).toHaveLength(200);
    expect(rows.filter((row) => taxNumberProblem(row.稅號 ?? '') !== null)).toEqual([]);
    expect(rows.filter((row) => mobileProblem(row.手機 ?? '') !== null)).toEqual([]);
    expect(new Set(rows.map((row) => nearNameKey(row.客戶名稱 ?? ''))).size).toBe(200);
  });
});

function judgeOfCustomers(): Judge {
  const wholeRows = new Set<string>();
  const names = new Set<string>();
  return (row) => {
    const name = (row.客户名称 ?? '').trim();
    if (name === '') return 'emptyName';
    const whole = JSON.stringify(Object.values(row));
    const key = nearNameKey(name);
    const verdict = wholeRows.has(whole) ? 'exactDuplicate' : names.has(key) ? 'nearDuplicate' : fieldVerdict(row, name);
    wholeRows.add(whole);
    names.add(key);
    return verdict;
  };
}

function fieldVerdict(row: Row, name: string): string {
  if (taxNumberProblem(row.税号 ?? '') !== null) return 'badTaxNumber';
  if (mobileProblem(row.手机 ?? '') !== null) return 'badMobile';
  const credit = parseExact(row.信用额度 ?? '', 2);
  if (credit === null || credit < 0) return 'badCredit';
  return /^[=+\-@\t\r]/.test(name) ? 'formulaText' : 'clean';
}

function judgeOfProducts(): Judge {
  const codes = new Set<string>();
  const items = new Set<string>();
  const warehouses = new Set(['主仓库', '二号仓', '太原办事处仓']);
  return (row) => {
    const item = `${nameKey(row.商品名称 ?? '')}|${row.规格型号}`;
    const coded = `${row.商品编码}|${item}`;
    const verdict = codes.has(coded)
      ? 'duplicateCodeNameSpec'
      : items.has(item)
        ? 'sameNameSpecOtherCode'
        : productVerdict(row, warehouses);
    codes.add(coded);
    items.add(item);
    return verdict;
  };
}

function productVerdict(row: Row, warehouses: ReadonlySet<string>): string {
  if (barcodeProblem(row.条码 ?? '') !== null) return 'badBarcode';
  if ((parseExact(row.含税售价 ?? '', 6) ?? -1) < 0) return 'negativePrice';
  const rate = parseExact(row.税率 ?? '', 6);
  if (rate === null || rate < 0 || rate >= 1_000_000) return 'badTaxRate';
  return warehouses.has(row.仓库 ?? '') ? 'clean' : 'unknownWarehouse';
}

function countsOf(rows: Row[], judge: Judge): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const verdict = judge(row);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

/** The rows of the first sheet as text by heading. */
async function rowsOf(file: string): Promise<Row[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(join(folder, file));
  const sheet = workbook.worksheets[0];
  const headings = textsOf(sheet?.getRow(1));
  const rows: Row[] = [];
  sheet?.eachRow((row, number) => {
    const texts = textsOf(row);
    if (number > 1) rows.push(Object.fromEntries(headings.map((heading, index) => [heading, texts[index] ?? ''])));
  });
  return rows;
}

function textsOf(row: ExcelJS.Row | undefined): string[] {
  const texts: string[] = [];
  row?.eachCell({ includeEmpty: true }, (cell, column) => {
    texts[column - 1] = cell.value === null ? '' : String(cell.value);
  });
  return texts;
}
