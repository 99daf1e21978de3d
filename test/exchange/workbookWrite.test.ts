import { existsSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';
import type { CellToWrite, SheetToWrite } from '../../server/features/exchange/workbook/sheetToWrite.ts';
import { writeCsv } from '../../server/features/exchange/workbook/writeCsv.ts';
import { columnLetters } from '../../server/features/exchange/workbook/writeSheet.ts';
import { writeTemplate, writeWorkbook } from '../../server/features/exchange/workbook/writeWorkbook.ts';
import { aFile, rowsIn, shown } from './fixtures.ts';

const dangerous = [
  "=cmd|'/c calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1+1',
  "'=1",
  "''=1",
  "'plain",
  '=HYPERLINK("http://x","a,b")',
];
const awkward = [
  '007',
  '1,234.5',
  ' spaces ',
  'two\nlines',
  'a\r\nb',
  'tab\there',
  'say "hi"',
  '<b>&amp;</b>',
  '_x000D_',
  '_x005F_',
  'a\u0001b',
  '😀𠮷',
  'x'.repeat(32_767),
];

function aSheet(values: CellToWrite[], kind: SheetToWrite['columns'][number]['kind'] = 'text'): SheetToWrite {
  return { name: '客户', columns: [{ header: '名称', kind }], rows: values.map((value) => [value]) };
}

async function written(sheet: SheetToWrite): Promise<string> {
  const path = await aFile('out.xlsx');
  await writeWorkbook(path, { sheets: [sheet] });
  return path;
}

async function opened(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

test.each([...dangerous, ...awkward])('the text %j goes out as text and comes back as it was', async (text) => {
  const path = await written(aSheet([text]));
  const [, row] = await rowsIn(path);
  expect(row?.cells).toEqual([{ kind: 'text', text }]);
  const cell = (await opened(path)).getWorksheet(1)?.getCell('A2');
  expect(cell?.formula).toBeUndefined();
});

test('text that looks like a formula is marked so that editing it does not make it one', async () => {
  const path = await written(aSheet(['=1+1', 'harmless']));
  const styles = (await opened(path)).getWorksheet(1);
  expect(styles?.getCell('A2').type).toBe(ExcelJS.ValueType.String);
  const sheet = await partOf(path, 'xl/worksheets/sheet1.xml');
  const styleOf = (cell: string) => Number(new RegExp(`r="${cell}" s="(\\d+)"`).exec(sheet)?.[1]);
  const formats = [...(await partOf(path, 'xl/styles.xml')).split('<cellXfs')[1]!.matchAll(/<xf [^>]*>/g)].map(String);
  expect(formats[styleOf('A2')]).toContain('quotePrefix="1"');
  expect(formats[styleOf('A3')]).not.toContain('quotePrefix');
});

test('numbers stay numbers to the last digit, negative ones too', async () => {
  const values = ['-12.50', '90071992547409.91', '0.000001', -3, 12n, 0, '9007199254740991'];
  const path = await written({ name: 'n', columns: [{ header: 'n', kind: 'number', digits: 2 }], rows: values.map((value) => [value]) });
  expect(await partOf(path, 'xl/worksheets/sheet1.xml')).toContain('<v>90071992547409.91</v>');
  const rows = await rowsIn(path);
  expect(rows.slice(1).map((row) => row.cells[0])).toMatchObject(
    ['-12.5', '90071992547409.91', '0.000001', '-3', '12', '0', '9007199254740991'].map((text) => ({ kind: 'number', text })),
  );
  expect((await opened(path)).getWorksheet(1)?.getCell('A2')).toMatchObject({ value: -12.5, numFmt: '#,##0.00' });
});

test('what is no number in a column of numbers goes out as text, and so does a day that never was', async () => {
  expect((await rowsIn(await written(aSheet(['约100', '1e5', '=1'], 'number')))).slice(1).map((row) => row.cells[0])).toEqual([
    { kind: 'text', text: '约100' },
    { kind: 'text', text: '1e5' },
    { kind: 'text', text: '=1' },
  ]);
  expect((await rowsIn(await written(aSheet(['2026-02-30'], 'day'))))[1]?.cells).toEqual([{ kind: 'text', text: '2026-02-30' }]);
});

test('days are days to Excel and come back as the same days', async () => {
  const days = ['1900-01-01', '1900-02-28', '1900-03-01', '2026-11-21'];
  const path = await written(aSheet(days, 'day'));
  expect((await rowsIn(path)).slice(1).map((row) => row.cells[0])).toEqual(days.map((day) => ({ kind: 'day', day })));
  expect((await opened(path)).getWorksheet(1)?.getCell('A5').value).toEqual(new Date('2026-11-21T00:00:00Z'));
});

test('flags are flags and nothing is nothing', async () => {
  const rows = await rowsIn(
    await written({
      ...aSheet([]),
      columns: [
        { header: 'a', kind: 'flag' },
        { header: 'b', kind: 'text' },
      ],
      rows: [
        [true, null],
        [false, ''],
        [undefined, 'x'],
      ],
    }),
  );
  expect(rows.slice(1).map((row) => row.cells.map(shown))).toEqual([['true'], ['false'], ['', 'x']]);
});

test('the header is bold, stays in sight and carries a filter', async () => {
  const sheet = (await opened(await written(aSheet(['a', 'b'])))).getWorksheet(1);
  expect(sheet?.getCell('A1').font.bold).toBe(true);
  expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(sheet?.autoFilter).toBe('A1:A3');
});

test('sheet names that Excel would not take are made fit, and stay apart', async () => {
  const path = await aFile('out.xlsx');
  const names = ['a/b:c', 'a b c', '', `${'很'.repeat(40)}`, "'quoted'"];
  await writeWorkbook(path, { sheets: names.map((name) => ({ ...aSheet(['x']), name })) });
  const { sheets } = await readWorkbook(path);
  expect(sheets).toEqual(['a b c', 'a b c 2', 'Sheet', '很'.repeat(31), 'quoted']);
});

test('a workbook can go straight into an answer', async () => {
  const answer = new PassThrough();
  const [bytes] = await Promise.all([buffer(answer), writeWorkbook(answer, { sheets: [aSheet(['a'])] })]);
  expect(await rowsIn(await aFile('answer.xlsx', bytes))).toHaveLength(2);
});

test('rows that fail half-way leave no file behind, and their source is closed', async () => {
  const path = await aFile('out.xlsx');
  let closed = false;
  async function* failing() {
    try {
      for (let count = 0; count < 5000; count += 1) yield [`row ${count}`];
      throw new Error('the database went away');
    } finally {
      closed = true;
    }
  }
  await expect(writeWorkbook(path, { sheets: [{ ...aSheet([]), rows: failing() }] })).rejects.toThrow('the database went away');
  expect(existsSync(path)).toBe(false);
  expect(closed).toBe(true);
});

test('a cancelled export leaves no file behind', async () => {
  const path = await aFile('out.xlsx');
  const stop = new AbortController();
  async function* endless() {
    for (let count = 0; ; count += 1) {
      if (count === 20_000) stop.abort();
      yield [`row ${count}`];
    }
  }
  await expect(writeWorkbook(path, { sheets: [{ ...aSheet([]), rows: endless() }] }, stop.signal)).rejects.toMatchObject({
    code: 'workbook.cancelled',
  });
  expect(existsSync(path)).toBe(false);
});

test('a text longer than a cell is refused, not cut', async () => {
  await expect(written(aSheet(['x'.repeat(32_768)]))).rejects.toMatchObject({ code: 'workbook.cellTooLong', facts: { cell: 'A2' } });
});

test('more rows than a sheet has are refused', async () => {
  function* rows() {
    for (let row = 0; row < 1_048_576; row += 1) yield [];
  }
  await expect(written({ ...aSheet([]), columns: [], rows: rows() })).rejects.toMatchObject({ code: 'workbook.tooManyRows' });
});

test('a template has its headers, an example and a sheet that explains', async () => {
  const path = await aFile('template.xlsx');
  await writeTemplate(path, {
    sheet: {
      name: '客户',
      columns: [
        { header: '客户名称', kind: 'text' },
        { header: '信用额度', kind: 'number', digits: 2 },
      ],
    },
    sample: ['宁波示例有限公司', '50000.00'],
    notes: { name: '说明', header: '填写说明', lines: ['客户名称必填', '=不是公式'] },
  });
  expect((await rowsIn(path)).map((row) => row.cells.map(shown))).toEqual([
    ['客户名称', '信用额度'],
    ['宁波示例有限公司', '50000'],
  ]);
  expect((await rowsIn(path, '说明')).map((row) => row.cells.map(shown))).toEqual([['填写说明'], ['客户名称必填'], ['=不是公式']]);
});

test('fifty thousand rows of twenty columns go out and come back without filling the memory', async () => {
  const columns = Array.from({ length: 20 }, (_, index) => ({
    header: `列${index}`,
    kind: index % 2 ? ('number' as const) : ('text' as const),
  }));
  function* rows() {
    for (let row = 0; row < 50_000; row += 1)
      yield columns.map((column, index) => (column.kind === 'number' ? `${row}.${index}` : `文字 ${row}`));
  }
  const path = await aFile('large.xlsx');
  await writeWorkbook(path, { sheets: [{ name: '大', columns, rows: rows() }] });
  let count = 0;
  let last = '';
  for await (const { cells } of (await readWorkbook(path)).rows()) {
    count += cells.length;
    last = shown(cells[19]);
  }
  expect({ count, last }).toEqual({ count: 50_001 * 20, last: '49999.19' });
});

test.each([
  [1, 'A'],
  [26, 'Z'],
  [27, 'AA'],
  [702, 'ZZ'],
  [703, 'AAA'],
  [16_384, 'XFD'],
])('column %i is %s', (column, letters) => {
  expect(columnLetters(column)).toBe(letters);
});

test('CSV carries every text there and back, and numbers keep their sign', async () => {
  const path = await aFile('out.csv');
  const texts = [...dangerous, ...awkward];
  await writeCsv(path, {
    columns: [
      { header: '=名称', kind: 'text' },
      { header: 'n', kind: 'number' },
    ],
    rows: texts.map((text) => [text, '-12.50']),
  });
  const bytes = readFileSync(path);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.toString()).toContain(`"'=HYPERLINK(""http://x"",""a,b"")",-12.50\r\n`);
  const rows = await rowsIn(path);
  expect(shown(rows[0]?.cells[0])).toBe('=名称');
  expect(rows.slice(1).map((row) => shown(row.cells[0]))).toEqual(texts);
  expect(new Set(rows.slice(1).map((row) => shown(row.cells[1])))).toEqual(new Set(['-12.50']));
});

async function partOf(path: string, name: string): Promise<string> {
  const { openZip, readHead } = await import('../../server/features/exchange/workbook/zipFile.ts');
  const zip = await openZip(path, 100);
  const part = zip.parts.find((one) => one.name === name)!;
  const text = (await readHead(zip, part, part.entry.compressedSize)).toString();
  zip.file.close();
  return text;
}
