import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { aWorkbook, deflatedMegabytes, type RawEntry, type WorkbookShape } from './fixtures.ts';
import { check, commit, countOf, upload } from './importing.ts';

const heading = '<row r="1"><c r="A1" t="inlineStr"><is><t>客户名称</t></is></c><c r="B1" t="inlineStr"><is><t>信用额度</t></is></c></row>';
const text = (cell: string, content: string): string => `<c r="${cell}" t="inlineStr"><is><t>${content}</t></is></c>`;

describe('A strange file at the door of the import', () => {
  let office: Office;

  beforeAll(async () => {
    const [kind] = stores;
    if (kind) office = await openOffice(kind);
  });
  afterAll(() => office.close());

  const bytesOf = async (shape: WorkbookShape): Promise<Buffer> => readFile(await aWorkbook(shape));

  test.each<[string, RawEntry[], string]>([
    [
      'a megabyte that inflates to a gigabyte',
      [{ name: 'xl/worksheets/sheet1.xml', deflated: deflatedMegabytes(1024), size: 1024 ** 3 }],
      'workbook.tooLarge',
    ],
    ['sizes that lie', [{ name: 'xl/extra.xml', content: '<a/>', localSize: 5 }], 'workbook.sizesLie'],
    ['a name that climbs out of its folder', [{ name: 'xl/../../evil.xml', content: '<a/>' }], 'workbook.unsafeName'],
    ['macros', [{ name: 'xl/vbaProject.bin', content: 'x' }], 'workbook.macros'],
    ['links to other files', [{ name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink/>' }], 'workbook.externalLinks'],
    ['a document type', [{ name: 'xl/extra.xml', content: '<!DOCTYPE a SYSTEM "http://example.invalid/"><a/>' }], 'workbook.doctype'],
  ])('%s is refused, and nothing of it stays', async (_, entries, code) => {
    await expect(upload(office, 'admin', 'customer', await bytesOf({ rows: heading, entries }))).rejects.toMatchObject({ code });
    expect(await readdir(join(office.company.folder, 'imports'))).toEqual([]);
    expect(await office.look('admin', (work) => work.tx('imports').select('id'))).toEqual([]);
  });

  test('a sheet without rows is refused, and so is something that is no workbook', async () => {
    await expect(upload(office, 'admin', 'customer', await bytesOf({ rows: '' }))).rejects.toMatchObject({ code: 'import.empty' });
    await expect(upload(office, 'admin', 'customer', Buffer.alloc(100))).rejects.toMatchObject({ code: 'workbook.unsupportedFormat' });
    await expect(upload(office, 'admin', 'customer', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toMatchObject({
      code: 'workbook.oldFormat',
    });
  });

  test('a sheet that goes on without end far below its headings fails the check with its reason', async () => {
    const far = `${heading}${Array.from({ length: 1500 }, (_, at) => `<row r="${at + 2}">${text(`A${at + 2}`, `公司${at}`)}</row>`).join('')}<row r="1600">${text('JA1600', 'x')}</row>`;
    const id = await upload(office, 'admin', 'customer', await bytesOf({ rows: far }));
    expect(await check(office, 'admin', id)).toMatchObject({ state: 'failed', problem: { code: 'workbook.tooManyColumns' } });
  });

  test('formulas show what they give, errors and days that never were stop their row, and nothing is guessed', async () => {
    const rows = [
      `<row r="2">${text('A2', '甲公司')}<c r="B2"><f>1+1</f><v>2</v></c></row>`,
      `<row r="3">${text('A3', '乙公司')}<c r="B3" t="e"><v>#REF!</v></c></row>`,
      `<row r="4">${text('A4', '丙公司')}<c r="B4"><f>NOW()</f></c></row>`,
      `<row r="5">${text('A5', '丁公司')}<c r="B5" s="1"><v>60</v></c></row>`,
    ];
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
    const id = await upload(office, 'admin', 'customer', await bytesOf({ rows: heading + rows.join(''), styles }));
    const { counts, problems } = await check(office, 'admin', id);
    expect(counts).toEqual({ rows: 4, clean: 1, badCredit: 3 });
    expect(
      problems.flatMap(({ problems: wrong, remarks }) => [...wrong, ...remarks].map(({ code, text: shown }) => [code, shown])),
    ).toEqual([
      ['import.formulaResult', '=1+1'],
      ['import.errorCell', '#REF!'],
      ['import.formulaWithoutResult', '=NOW()'],
      ['import.errorCell', '1900-02-29'],
    ]);
    await commit(office, 'admin', id);
    expect(await countOf(office, 'customers', { credit_limit: 200 })).toBe(1);
  });
});
