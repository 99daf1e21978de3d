import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowCells } from '../../server/features/exchange/workbook/cells.ts';
import { workbookLimits } from '../../server/features/exchange/workbook/limits.ts';
import { csvParser } from '../../server/features/exchange/workbook/readCsv.ts';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';
import { aFile, encoded, rowsIn, shown } from './fixtures.ts';

async function read(content: string | Buffer): Promise<string[][]> {
  return (await rowsIn(await aFile('list.csv', content))).map((row) => row.cells.map(shown));
}

test('quotes, doubled quotes and line breaks inside quotes are read after RFC 4180', async () => {
  expect(await read('a,"b, c","say ""hi"""\r\n"two\r\nlines",,x\r\n')).toEqual([
    ['a', 'b, c', 'say "hi"'],
    ['two\r\nlines', '', 'x'],
  ]);
});

test.each([
  [
    'comma',
    'a,b;c\n1,2\n',
    [
      ['a', 'b;c'],
      ['1', '2'],
    ],
  ],
  [
    'semicolon',
    'a;b,c\n"1;1";2\n3;4',
    [
      ['a', 'b,c'],
      ['1;1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'tab',
    'a\tb,c\n1\t2',
    [
      ['a', 'b,c'],
      ['1', '2'],
    ],
  ],
  ['the one that Excel names in its own line', 'sep=|\r\na|b,c;d,e\r\n', [['a', 'b,c;d,e']]],
  ['one column', 'a\nb\n', [['a'], ['b']]],
  [
    'old Macintosh line ends',
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
])('%s', async (_, content, expected) => {
  expect(await read(content)).toEqual(expected);
});

test('blank lines are left out but counted, and a mark at the beginning is not part of the first header', async () => {
  const rows = await rowsIn(await aFile('list.csv', '\ufeff名称,城市\n\n,,\n宝初,宁波\n'));
  expect(rows.map(({ row }) => row)).toEqual([1, 4]);
  expect(shown(rows[0]?.cells[0])).toBe('名称');
});

test('nothing is guessed: numbers, days and formulas are text', async () => {
  const rows = await rowsIn(await aFile('list.csv', '007,2026-11-21,=1+1,"1,234.5",TRUE\n'));
  expect(rows[0]?.cells.map((cell) => cell.kind)).toEqual(['text', 'text', 'text', 'text', 'text']);
});

test.each<[string, 'gb18030' | 'big5', string[]]>([
  ['in China', 'gb18030', ['宁波宝初包装材料有限责任公司', '北京', '农业银行宁波分行']],
  ['in China, with Traditional names', 'gb18030', ['國際貿易股份有限公司', '廣東', '農業銀行臺灣分行']],
  ['in Taiwan', 'big5', ['昆明三庫廣告傳媒有限公司', '臺北', '農業銀行臺灣分行']],
  ['in Taiwan, with few characters', 'big5', ['國貿', '臺北', '路']],
])('a list as Excel writes it %s', async (_, encoding, cells) => {
  expect(await read(encoded(`${cells.join(',')}\r\n`, encoding))).toEqual([cells]);
});

test('a list in UTF-16, as Excel writes "Unicode text"', async () => {
  expect(await read(Buffer.from('\ufeff名称\t城市\r\n宝初\t宁波\r\n', 'utf16le'))).toEqual([
    ['名称', '城市'],
    ['宝初', '宁波'],
  ]);
});

test('bytes that are text in no encoding we know are refused', async () => {
  await expect(read(Buffer.from('610aff0afe', 'hex'))).rejects.toMatchObject({ code: 'workbook.unknownEncoding' });
});

test('a quote that is never closed is refused with its row', async () => {
  await expect(read('a,b\nc,"d\ne,f\n')).rejects.toMatchObject({ code: 'workbook.unclosedQuote', facts: { row: 2 } });
});

test.each([
  ['workbook.tooManyRows', 'a\nb\nc\n', { rowsMax: 2 }, { row: 3, most: 2 }],
  ['workbook.tooManyColumns', 'a,b\n1,2,3\n', { columnsMax: 2 }, { row: 2, column: 3, most: 2 }],
  ['workbook.cellTooLong', `a\n${'x'.repeat(11)}\n`, { cellCharactersMax: 10 }, { row: 2, column: 1, most: 10 }],
])('%s is said with the place', async (code, content, limits, facts) => {
  await expect(rowsIn(await aFile('list.csv', content), undefined, { limits })).rejects.toMatchObject({ code, facts });
});

test('an empty file has one sheet without rows', async () => {
  const path = await aFile('empty.csv', '');
  expect((await readWorkbook(path)).sheets).toEqual(['CSV']);
  expect(await rowsIn(path)).toEqual([]);
});

test('wherever the stream is cut, the rows are the same', () => {
  const piece = fc.constantFrom('a', '"', ',', '\r', '\n', '\r\n', '""', '宁', '"a,b"', "'=");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(40), (pieces, cut) => {
      const text = pieces.join('');
      expect(parsed([text.slice(0, cut), text.slice(cut)])).toEqual(parsed([text]));
    }),
  );
});

function parsed(pieces: string[]): RowCells[] | string {
  const rows: RowCells[] = [];
  const parser = csvParser(',', workbookLimits, (one) => rows.push(one));
  try {
    for (const piece of pieces) parser.feed(piece);
    parser.end();
    return rows;
  } catch (error) {
    return String(error);
  }
}
