import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WorkbookLimits } from '../../server/features/exchange/workbook/limits.ts';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';
import type { RawEntry } from './fixtures.ts';
import { aFile, aWorkbook, collect, deflatedMegabytes, firstRow, MAIN, rawZip, rowsIn, workbookEntries } from './fixtures.ts';

const SHEET = 'xl/worksheets/sheet1.xml';

describe('a file that would flood the server', () => {
  test('one megabyte that inflates to a gigabyte is refused before anything is parsed', async () => {
    const deflated = deflatedMegabytes(1024);
    expect(deflated.length).toBeLessThan(1.2 * 1024 * 1024);
    const path = await aWorkbook({ entries: [{ name: SHEET, deflated, size: 1024 ** 3 }] });
    const before = process.memoryUsage().rss;
    await expect(rowsIn(path)).rejects.toMatchObject({ code: 'workbook.tooLarge', facts: { part: SHEET } });
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test('parts that are only together too large are refused', async () => {
    await refuses(aWorkbook(), 'workbook.tooLarge', { inflatedBytesMax: 1000 });
  });

  test('a part within the size that is compressed beyond belief is refused', async () => {
    const entry = { name: 'xl/media/image.bin', deflated: deflatedMegabytes(100), size: 100 * 1024 * 1024 };
    await refuses(aWorkbook({ entries: [entry] }), 'workbook.suspiciousCompression');
  });

  test('the same gigabyte with a lying size stops at the size that was promised, and memory stays small', async () => {
    const path = await aWorkbook({ entries: [{ name: SHEET, deflated: await sheetWithSpaces(1024), size: 2000, crc: 1 }] });
    const before = process.memoryUsage().rss;
    await expect(rowsIn(path)).rejects.toMatchObject({ code: 'workbook.sizesLie', facts: { part: SHEET } });
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test('a part whose header and directory disagree about its size is refused', async () => {
    await refuses(aWorkbook({ entries: [{ name: 'xl/extra.xml', content: '<a/>', localSize: 5 }] }), 'workbook.sizesLie');
    await refuses(aWorkbook({ entries: [{ name: 'xl/extra.xml', content: '<a/>', method: 0, size: 5 }] }), 'workbook.sizesLie');
  });

  test('a hundred thousand entries are refused without reading them', async () => {
    const path = await aFile('many.xlsx', rawZip([{ name: 'a', content: 'a' }], 65_000));
    await expect(readWorkbook(path)).rejects.toMatchObject({ code: 'workbook.tooManyEntries', facts: { entries: 65_000, most: 1000 } });
  });

  test('the thread that runs out of memory is given up, and the server goes on', async () => {
    const many = Array.from({ length: 600_000 }, (_, index) => `<si><t>宁波包装 ${index}</t></si>`).join('');
    const path = await aWorkbook({ sharedStrings: many, rows: '<row r="1"><c r="A1" t="s"><v>5</v></c></row>' });
    await expect(rowsIn(path, undefined, { limits: { heapMegabytesMax: 24 } })).rejects.toMatchObject({ code: 'workbook.tooMuchMemory' });
    expect(await firstRow(path)).toEqual([{ kind: 'text', text: '宁波包装 5' }]);
  });
});

describe('a zip that is not honest', () => {
  test.each<[string, RawEntry[], string]>([
    ['a name that climbs out of its folder', [{ name: 'xl/../../evil.xml', content: '<a/>' }], 'workbook.unsafeName'],
    ['a name that climbs out the Windows way', [{ name: 'xl\\..\\..\\evil.xml', content: '<a/>' }], 'workbook.unsafeName'],
    ['an absolute name', [{ name: '/etc/evil.xml', content: '<a/>' }], 'workbook.unsafeName'],
    ['a name with a drive', [{ name: 'C:evil.xml', content: '<a/>' }], 'workbook.unsafeName'],
    [
      'the same name twice',
      [
        { name: 'xl/a.xml', content: '<a/>' },
        { name: 'XL/A.xml', content: '<b/>' },
      ],
      'workbook.duplicatePart',
    ],
    ['a symbolic link', [{ name: 'xl/link.xml', content: '/etc/passwd', mode: 0o120777 }], 'workbook.symlink'],
    ['a zip inside', [{ name: 'xl/embeddings/inner.zip', content: rawZip([]) }], 'workbook.nestedArchive'],
    ['a zip inside under another name', [{ name: 'xl/media/a.png', content: rawZip([{ name: 'a' }]) }], 'workbook.nestedArchive'],
    [
      'two entries with the same bytes',
      [
        { name: 'xl/a.xml', content: '<a/>' },
        { name: 'xl/b.xml', content: '<a/>', sameDataAs: 6 },
      ],
      'workbook.overlappingParts',
    ],
    ['an encrypted entry', [{ name: 'xl/a.xml', content: '<a/>', flags: 1 }], 'workbook.encrypted'],
    ['a strongly encrypted entry', [{ name: 'xl/a.xml', content: '<a/>', flags: 0x41 }], 'workbook.encrypted'],
    ['an unknown compression', [{ name: 'xl/a.xml', content: '<a/>', method: 93 }], 'workbook.damaged'],
    [
      'another name in the header than in the directory',
      [{ name: 'xl/a.xml', localName: 'xl/b.xml', content: '<a/>' }],
      'workbook.damaged',
    ],
  ])('%s is refused', async (_, entries, code) => {
    await refuses(aWorkbook({ entries }), code);
  });

  test('a truncated workbook is refused', async () => {
    const whole = rawZip(workbookEntries());
    await refuses(aFile('cut.xlsx', whole.subarray(0, whole.length - 40)), 'workbook.damaged');
  });

  test('a flipped bit in a sheet is refused', async () => {
    const rows = '<row r="1"><c r="A1"><v>100</v></c></row>';
    const stored = workbookEntries({ rows }).map((entry) => (entry.name === SHEET ? { ...entry, method: 0 } : entry));
    const bytes = rawZip(stored);
    bytes[bytes.indexOf('<v>100') + 3]! += 1;
    await refuses(aFile('flipped.xlsx', bytes), 'workbook.damaged');
  });

  test('a zip that is no workbook is refused', async () => {
    await refuses(aFile('other.zip', rawZip([{ name: 'readme.txt', content: 'hello' }])), 'workbook.damaged');
  });
});

describe('a workbook that does more than hold values', () => {
  test.each<[string, RawEntry[], string]>([
    ['macros', [{ name: 'xl/vbaProject.bin', content: 'x' }], 'workbook.macros'],
    ['old macro sheets', [{ name: 'xl/macrosheets/sheet1.xml', content: '<a/>' }], 'workbook.macros'],
    ['links to other files', [{ name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink/>' }], 'workbook.externalLinks'],
    [
      'a conversation with another program',
      [{ name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink><ddeLink ddeService="cmd"/></externalLink>' }],
      'workbook.dde',
    ],
    ['the binary kind', [{ name: 'xl/workbook.bin', content: 'x' }], 'workbook.unsupportedFormat'],
    [
      'the open document kind',
      [{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' }],
      'workbook.unsupportedFormat',
    ],
  ])('%s: refused with the reason', async (_, entries, code) => {
    await refuses(aWorkbook({ entries }), code);
  });

  test('an .xlsm without its macros is refused all the same', async () => {
    const type = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';
    await refuses(
      aWorkbook({ contentTypes: `<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>` }),
      'workbook.macros',
    );
  });

  test('a workbook with a password and the format of 1997 are told apart', async () => {
    const container = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(80_000)]);
    await refuses(aFile('old.xls', Buffer.concat([container, Buffer.from('Workbook', 'utf16le')])), 'workbook.oldFormat');
    await refuses(aFile('locked.xlsx', Buffer.concat([container, Buffer.from('EncryptedPackage', 'utf16le')])), 'workbook.encrypted');
  });

  test('a web page that calls itself .xls is refused', async () => {
    await refuses(aFile('export.xls', '\ufeff <html><table><tr><td>1</td></tr></table></html>'), 'workbook.unsupportedFormat');
  });

  test('a picture that calls itself .csv is refused', async () => {
    await refuses(aFile('picture.csv', Buffer.from('89504e470d0a1a0a0000000d', 'hex')), 'workbook.unsupportedFormat');
  });
});

describe('a document type', () => {
  test('is refused in every part, and the entity it names is never fetched', async () => {
    let fetched = 0;
    const server = createServer((_, response) => {
      fetched += 1;
      response.end('secret');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const doctype = `<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:${port}/">]>`;
    for (const name of [SHEET, 'docProps/core.xml', 'xl/_rels/workbook.xml.rels']) {
      await refuses(
        aWorkbook({ entries: [{ name, content: `<?xml version="1.0"?><!-- a -->\n${doctype}<a>&x;</a>` }] }),
        'workbook.doctype',
      );
    }
    expect(fetched).toBe(0);
  });

  test('hidden behind a very long comment it is found all the same', async () => {
    const noise = Array.from({ length: 60_000 }, (_, index) => (index * 7919).toString(36)).join(' ');
    await refuses(aWorkbook({ entries: [{ name: SHEET, content: `<!--${noise}--><!DOCTYPE a><a/>` }] }), /workbook\.(doctype|damaged)/);
  });

  test('the parser itself refuses it too', async () => {
    const { openZip } = await import('../../server/features/exchange/workbook/zipFile.ts');
    const { parsePart } = await import('../../server/features/exchange/workbook/xmlPart.ts');
    const { workbookLimits } = await import('../../server/features/exchange/workbook/limits.ts');
    const zip = await openZip(await aFile('a.zip', rawZip([{ name: 'a.xml', content: '<!DOCTYPE a><a/>' }])), 10);
    const silent = { open() {}, close() {}, text() {} };
    await expect(parsePart(zip, zip.parts[0]!, workbookLimits, silent)).rejects.toMatchObject({ code: 'workbook.doctype' });
    zip.file.close();
  });
});

describe('a sheet without measure', () => {
  test('a million empty rows are passed over, and the one row with content is found', async () => {
    const empty = Array.from({ length: 1_048_575 }, (_, index) => `<row r="${index + 1}"><c r="A${index + 1}" s="1"/></row>`).join('');
    const path = await aWorkbook({ rows: `${empty}<row r="1048576"><c r="B1048576"><v>7</v></c></row>` });
    expect(await rowsIn(path)).toEqual([{ row: 1_048_576, cells: [{ kind: 'empty' }, { kind: 'number', text: '7', value: 7 }] }]);
  });

  test('sixteen thousand coloured but empty columns do no harm, content in them is refused', async () => {
    const empty = Array.from({ length: 16_384 }, () => '<c s="1"/>').join('');
    expect(await firstRow(await aWorkbook({ rows: `<row r="1">${empty}</row><row r="2"><c r="A2"><v>1</v></c></row>` }))).toHaveLength(1);
    const path = await aWorkbook({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' });
    await expect(rowsIn(path)).rejects.toMatchObject({ code: 'workbook.tooManyColumns', facts: { row: 1, column: 16_384, most: 256 } });
  });

  test('more rows than allowed are refused with the limit', async () => {
    const path = await aWorkbook({ rows: [1, 2, 3].map((row) => `<row r="${row}"><c><v>${row}</v></c></row>`).join('') });
    await refuses(path, 'workbook.tooManyRows', { rowsMax: 2 });
    expect(await rowsIn(path, undefined, { limits: { rowsMax: 3 } })).toHaveLength(3);
  });

  test('ten thousand styles are read', async () => {
    const styles = `<cellXfs>${'<xf numFmtId="0"/>'.repeat(10_000)}<xf numFmtId="14"/></cellXfs>`;
    const path = await aWorkbook({ styles, rows: '<row r="1"><c r="A1" s="10000"><v>45000</v></c></row>' });
    expect(await firstRow(path)).toEqual([{ kind: 'day', day: '2023-03-15' }]);
  });

  test('a cell of 32,767 characters is read, a longer one refused', async () => {
    const cell = (length: number) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${'商'.repeat(length)}</t></is></c></row>`;
    expect(await firstRow(await aWorkbook({ rows: cell(32_767) }))).toEqual([{ kind: 'text', text: '商'.repeat(32_767) }]);
    await refuses(aWorkbook({ rows: cell(32_768) }), 'workbook.cellTooLong');
    await refuses(aWorkbook({ rows: `<row r="1"><c r="A1"><v>${'1'.repeat(5_000_000)}</v></c></row>` }), 'workbook.cellTooLong');
  });

  test('a tag that goes on and on is stopped before it costs memory', async () => {
    await refuses(aWorkbook({ rows: `<row r="1" note="${'x'.repeat(5_000_000)}"/>` }), 'workbook.cellTooLong');
  });

  test('elements nested without end are refused', async () => {
    await refuses(aWorkbook({ sheet: '<a>'.repeat(200_000) }), 'workbook.damaged');
  });

  test.each([
    ['rows that go backwards', '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'],
    ['the same cell twice', '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'],
    ['a column that cannot be', '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'],
    ['a text that is not there', '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'],
    ['XML that does not close', '<row r="1"><c r="A1"><v>1</c></row>'],
    ['an entity nobody defined', '<row r="1"><c r="A1"><v>&xxe;</v></c></row>'],
  ])('%s: refused as damaged', async (_, rows) => {
    await refuses(aWorkbook({ rows }), 'workbook.damaged');
  });
});

/** A sheet that begins well and goes on with spaces. */
async function sheetWithSpaces(megabytes: number): Promise<Buffer> {
  const start = deflateRawSync(Buffer.from(`<worksheet xmlns="${MAIN}"><sheetData>\n`), { finishFlush: 3 });
  return Buffer.concat([start, deflatedMegabytes(megabytes)]);
}

async function refuses(path: string | Promise<string>, code: string | RegExp, limits?: Partial<WorkbookLimits>): Promise<void> {
  const reading = async () => collect(await readWorkbook(await path, { limits }));
  const expected = typeof code === 'string' ? code : expect.stringMatching(code);
  await expect(reading()).rejects.toMatchObject({ name: 'Refusal', code: expected });
}
