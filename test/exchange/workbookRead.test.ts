import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decimalText } from '../../server/features/exchange/workbook/decimals.ts';
import type { ReadProgress } from '../../server/features/exchange/workbook/readWorkbook.ts';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';
import { showsDay } from '../../server/features/exchange/workbook/serialDays.ts';
import { aFile, aWorkbook, firstRow, MAIN, rawZip, relations, rowsIn, shown, workbookEntries } from './fixtures.ts';

const DATA = new URL('../data/', import.meta.url);
const real = (name: string) => new URL(name, DATA).pathname;

describe('the workbooks customers bring', () => {
  const expected = JSON.parse(readFileSync(new URL('expected.json', DATA), 'utf8'));

  test('all customers are read, their long account numbers as text and their credit as a number', async () => {
    const reader = await readWorkbook(real('customers.xlsx'));
    expect(reader.sheets).toEqual(['客户资料']);
    const rows = await rowsIn(real('customers.xlsx'));
    expect(rows).toHaveLength(expected.customers.rows + 1);
    expect(rows[0]?.cells.map(shown).slice(0, 4)).toEqual(['客户名称', '简称', '客户等级', '所属行业']);
    const account = rows[0]!.cells.findIndex((cell) => shown(cell) === '银行账号');
    expect(rows[1]?.cells[account]).toEqual({ kind: 'text', text: '6243579003039082391' });
    expect(rows[1]?.cells[16]).toEqual({ kind: 'number', text: '50000', value: 50_000 });
    const names = rows.slice(1).map((row) => shown(row.cells[0]));
    expect(names.filter((name) => name.trim() === '')).toHaveLength(expected.customers.emptyName);
  });

  test('the Taiwanese list is read in its own characters', async () => {
    const rows = await rowsIn(real('customers-zh-TW.xlsx'));
    expect(rows).toHaveLength(201);
    expect(shown(rows[1]?.cells[0])).toBe('昆明三庫廣告傳媒有限公司');
  });

  test('prices of the goods keep the decimals that were typed', async () => {
    const rows = await rowsIn(real('products.xlsx'));
    expect(rows).toHaveLength(expected.products.rows + 1);
    const numbers = rows.flatMap((row) => row.cells.filter((cell) => cell.kind === 'number').map((cell) => cell.text));
    expect(numbers).toContain('2887.88');
    expect(numbers.filter((text) => !/^-?\d+(\.\d{1,2})?$/.test(text))).toEqual([]);
  });
});

describe('numbers', () => {
  test.each([
    ['2887.8799999999997', '2887.88'],
    ['0.30000000000000004', '0.3'],
    ['0.7999999999999999', '0.8'],
    ['434.99999999999994', '435'],
    ['-1.0000000000000002E-2', '-0.01'],
    ['123456789012.45', '123456789012.45'],
    ['90071992547409.91', '90071992547409.91'],
    ['0.33333333333333331', '0.33333333333333331'],
    ['1E-6', '0.000001'],
    ['1.5E+3', '1500'],
    ['12.3400', '12.34'],
    ['007', '7'],
    ['-0', '0'],
    ['100', '100'],
    ['.5', '0.5'],
    ['1e999', null],
    ['12a', null],
    ['', null],
    ['.', null],
  ])('%s in the file is %s to the reader', (inFile, expected) => {
    expect(decimalText(inFile)).toBe(expected);
  });
});

describe('cells', () => {
  test('each kind is told from the others and nothing is guessed', async () => {
    const path = await aWorkbook({
      sharedStrings:
        '<si><r><rPr><b/></rPr><t>宁波</t></r><r><t xml:space="preserve"> 宝初</t></r><rPh sb="0" eb="1"><t>ニンポー</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>',
      styles:
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="#,##0.00&quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="21"/></cellXfs>',
      rows:
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="D3" t="inlineStr"><is><t>1,234.5</t></is></c>' +
        '<c r="E3"><v>1234.5</v></c><c r="F3" s="1"><v>45000.75</v></c><c r="G3" s="2"><v>45000</v></c><c r="H3" s="3"><v>5</v></c>' +
        '<c r="I3" s="4"><v>0.5</v></c><c r="J3" t="b"><v>1</v></c><c r="K3" t="e"><v>#REF!</v></c><c r="L3"><f>1+1</f><v>2</v></c>' +
        '<c r="M3" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="N3"><f>HYPERLINK("http://x")</f></c><c r="O3" t="d"><v>2024-02-29T00:00:00</v></c>' +
        '<c r="P3" t="inlineStr"><is><t>１２３</t></is></c><c r="Q3" t="inlineStr"><is><t></t></is></c></row>',
    });
    expect(await rowsIn(path)).toEqual([
      {
        row: 3,
        cells: [
          { kind: 'text', text: '宁波 宝初' },
          { kind: 'text', text: 'a\rb_x0041_' },
          { kind: 'empty' },
          { kind: 'text', text: '1,234.5' },
          { kind: 'number', text: '1234.5', value: 1234.5 },
          { kind: 'day', day: '2023-03-15' },
          { kind: 'day', day: '2023-03-15' },
          { kind: 'number', text: '5', value: 5 },
          { kind: 'number', text: '0.5', value: 0.5 },
          { kind: 'flag', value: true },
          { kind: 'error', error: '#REF!' },
          { kind: 'formula', formula: '1+1', result: { kind: 'number', text: '2', value: 2 } },
          { kind: 'formula', formula: '"a"&"b"', result: { kind: 'text', text: 'ab' } },
          { kind: 'formula', formula: 'HYPERLINK("http://x")' },
          { kind: 'day', day: '2024-02-29' },
          { kind: 'text', text: '１２３' },
        ],
      },
    ]);
  });

  const dates = (serials: number[], workbookProperties?: string) =>
    aWorkbook({
      workbookProperties,
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
      rows: `<row r="1">${serials.map((serial) => `<c s="0"><v>${serial}</v></c>`).join('')}</row>`,
    });

  test('days count from 1900, and the leap day that never was is an error', async () => {
    const row = await firstRow(await dates([1, 59, 60, 61, 45000, 0, -1, 9_999_999]));
    expect(row.map(shown)).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
      '2023-03-15',
      '########',
      '########',
      '########',
    ]);
    expect(row[2]?.kind).toBe('error');
  });

  test('days count from 1904 in a workbook from an old Macintosh', async () => {
    const row = await firstRow(await dates([0, 60, 43_538], '<workbookPr date1904="1"/>'));
    expect(row.map(shown)).toEqual(['1904-01-01', '1904-03-01', '2023-03-15']);
  });

  test.each([
    ['yyyy-mm-dd', true],
    ['[$-804]yyyy"年"m"月"', true],
    ['mm/yy', true],
    ['yyyy-mm-dd hh:mm:ss.000', true],
    ['h:mm', false],
    ['[h]:mm:ss', false],
    ['mm:ss', false],
    ['General', false],
    ['#,##0.00;[Red]-#,##0.00', false],
    ['0"days"', false],
    ['\\d0', false],
  ])('the format %s shows a day: %s', (format, expected) => {
    expect(showsDay(format)).toBe(expected);
  });

  test('headers named after the innards of the language are only text', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'constructor.prototype', 'toString'];
    const cells = names.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('');
    const row = await firstRow(await aWorkbook({ rows: `<row r="1" __proto__="1">${cells}</row>` }));
    expect(row.map(shown)).toEqual(names);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('sheets', () => {
  const sheetXml = (value: number) =>
    `<x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row><x:c><x:v>${value}</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
  const threeSheets = () =>
    aFile(
      'three.xlsx',
      rawZip([
        ...workbookEntries().filter(({ name }) => !['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'].includes(name)),
        {
          name: 'xl/workbook.xml',
          content:
            '<workbook xmlns:rel="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets><sheet name="隐藏" state="veryHidden" rel:id="a"/><sheet name="客户" rel:id="b"/><sheet name="图" rel:id="c"/><sheet name="__proto__" rel:id="d"/></sheets></workbook>',
        },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: relations([
            ['a', 'worksheet', 'worksheets/one.xml'],
            ['b', 'worksheet', '/xl/worksheets/two.xml'],
            ['c', 'chartsheet', 'chartsheets/chart.xml'],
            ['d', 'worksheet', '../xl/worksheets/three.xml'],
          ]),
        },
        { name: 'xl/worksheets/one.xml', content: sheetXml(1) },
        { name: 'xl/worksheets/two.xml', content: sheetXml(2) },
        { name: 'xl/worksheets/three.xml', content: sheetXml(3) },
      ]),
    );

  test('are found by their relations, with the visible ones in order, whatever prefix the XML has', async () => {
    const path = await threeSheets();
    const reader = await readWorkbook(path);
    expect(reader.sheets).toEqual(['客户', '__proto__']);
    expect((await rowsIn(path)).map((row) => row.cells.map(shown))).toEqual([['2']]);
    expect((await rowsIn(path, '__proto__')).map((row) => row.cells.map(shown))).toEqual([['3']]);
  });

  test('one that is not there is refused', async () => {
    await expect(rowsIn(await threeSheets(), 'Sheet9')).rejects.toMatchObject({ code: 'workbook.noSuchSheet', facts: { sheet: 'Sheet9' } });
  });
});

describe('while reading', () => {
  test('progress is told and ends with everything', async () => {
    const told: ReadProgress[] = [];
    await rowsIn(real('customers.xlsx'), undefined, { onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)).toEqual({ rows: 3267, share: 1 });
  });

  test('the reader may leave at any row', async () => {
    const reader = await readWorkbook(real('customers.xlsx'));
    const seen: number[] = [];
    for await (const { row } of reader.rows()) {
      seen.push(row);
      if (row === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  test('a cancelled import stops', async () => {
    const stop = new AbortController();
    const reader = await readWorkbook(real('customers.xlsx'), { signal: stop.signal });
    const reading = async () => {
      for await (const { row } of reader.rows()) if (row === 10) stop.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'workbook.cancelled' });
    await expect(readWorkbook(real('customers.xlsx'), { signal: stop.signal })).rejects.toMatchObject({ code: 'workbook.cancelled' });
  });

  test('a file that is not there is a fault, not a refusal', async () => {
    await expect(readWorkbook(real('nothing.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
