import { utimesSync } from 'node:fs';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { pickRecords } from '../../server/engine/list/pickRecords.ts';
import { pathOf } from '../../server/features/files/disk.ts';
import { orphanAgeMs, sweepFiles } from '../../server/features/files/sweepFiles.ts';
import { printDataFor } from '../../server/features/printing/data/printDataFor.ts';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import { fileRoutes } from '../../server/http/routes/files.ts';
import { catalogue as shipped } from '../../shared/catalogue.ts';
import type { Problem, RecordAnswer } from '../../shared/contracts/wire.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { quotation as standardQuotation } from '../../shared/printing/standard/quotation.ts';
import type { PrintTemplate } from '../../shared/printing/template.ts';
import { jpeg, png } from '../files/samples.ts';
import { type Door, openDoor } from '../print-routes/door.ts';
import { readPdf } from '../printing/readPdf.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from './shop.ts';

const withPictures: PrintTemplate = {
  ...standardQuotation,
  blocks: standardQuotation.blocks.map((block) =>
    block.kind === 'table'
      ? { ...block, columns: block.columns.map((column) => (column.field === 'itemPicture' ? { ...column, show: 'always' } : column)) }
      : block,
  ),
};

describe.each(stores)('Pictures of goods, on $name', (kind) => {
  let shop: Shop;
  let door: Door;

  beforeEach(async () => {
    shop = await openShop(kind);
    door = await openDoor(shop.office, fileRoutes);
  });
  afterEach(async () => {
    await door.close();
    await expectProven(shop.office);
    await shop.office.close();
  });
  afterAll(closePrinting);

  const uploaded = async (who: string, bytes: Uint8Array = png(900, 600)): Promise<number> => {
    const answer = await door.ask(who, 'POST', '/api/files', bytes, { 'x-file-name': 'p.png' });
    return ((await answer.json()) as { id: number }).id;
  };
  const small = (who: string, file: number, bytes: Uint8Array = jpeg) => door.ask(who, 'POST', `/api/files/${file}/small`, bytes);
  const shown = async (who: string, file: number) => door.ask(who, 'GET', `/api/files/${file}?small=1`);
  const pictured = async (item: { type: string; id: number; version: number }): Promise<number> => {
    const file = await uploaded('admin');
    await small('admin', file);
    await shop.office.change('admin', item, { values: { picture: file } });
    return file;
  };
  const quoted = (count: number) =>
    shop.office.create(
      'wang',
      'quotation',
      { customer: shop.customer.id },
      {
        lines: Array.from({ length: count }, (_, index) => ({
          item: index % 2 === 0 ? shop.pen.id : shop.book.id,
          name: `货品 ${index + 1}`,
          quantity: piece,
          grossPrice: priced(5),
        })),
      },
    );
  const printed = async (who: string, id: number, template: PrintTemplate): Promise<Uint8Array> => {
    const columns = template === withPictures ? new Set(['itemPicture']) : new Set<string>();
    const definition = shop.office.company.catalogue.get('quotation');
    const data = await shop.office.look(who, (work) => printDataFor(work, definition, id, { language: 'zh-CN', shown: columns }));
    return renderPdf(template, data, { language: 'zh-CN' });
  };

  test('whoever brought a picture brings its small version, once; everybody who sees the goods gets it', async () => {
    const file = await pictured(shop.pen);
    const answer = await shown('wang', file);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Buffer.from(await answer.arrayBuffer()).equals(jpeg)).toBe(true);
    expect((await small('wang', file)).status).toBe(404);
    expect((await small('admin', file)).status).toBe(404);
    const hidden = await uploaded('admin');
    expect((await shown('wang', hidden)).status).toBe(404);
  });

  test('what is no small JPEG is refused, and without one the picture stands for itself', async () => {
    const file = await uploaded('admin');
    const refused = await small('admin', file, png(20, 20));
    expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([400, 'file.notSmall']);
    expect((await shown('admin', file)).headers.get('content-type')).toBe('image/png');
  });

  test('the sweep keeps small versions as long as their pictures', async () => {
    const file = await pictured(shop.pen);
    const row = (await shop.office.company.store.read((tx) => tx('files').where({ id: file }).first('small_hash'))) as {
      small_hash: string;
    };
    const old = (clock.now() - 2 * orphanAgeMs) / 1000;
    utimesSync(pathOf(shop.office.company, row.small_hash), old, old);
    await sweepFiles(shop.office.company);
    expect((await shown('admin', file)).status).toBe(200);
  });

  test('the first of several pictures is the main one until another is chosen, and pickers show it', async () => {
    const [first, second] = [await uploaded('admin'), await uploaded('admin', png(10, 10))];
    const pen = await shop.office.change('admin', shop.pen, { parts: { pictures: [{ picture: first }, { picture: second }] } });
    expect(pen.values.picture).toBe(first);
    const chosen = await shop.office.change('admin', pen, { values: { picture: second } });
    expect(chosen.values.picture).toBe(second);
    const item = shop.office.company.catalogue.get('item');
    const { rows } = await shop.office.look('wang', (work) => pickRecords(work, item, { text: '钢笔' }));
    expect(rows[0]?.values.picture).toBe(second);
    const read: RecordAnswer = await shop.office.read('wang', 'item', pen.id);
    expect(read.values.picture).toBe(second);
  });

  test('a quotation prints pictures where its template shows them, and none otherwise', async () => {
    await pictured(shop.pen);
    const quotation = await quoted(4);
    expect(await picturesIn(await printed('wang', quotation.id, standardQuotation))).toBe(0);
    const bytes = await printed('wang', quotation.id, withPictures);
    expect(await picturesIn(bytes)).toBe(2);
    const [page] = await readPdf(bytes);
    const tops = page?.words.filter(({ text }) => text.startsWith('货品')).map(({ top }) => top) ?? [];
    const gaps = tops.slice(1).map((top, index) => Math.round((top - (tops[index] ?? 0)) * 10));
    expect(new Set(gaps).size).toBe(1);
  });

  test('three hundred lines with pictures hold each picture once', async () => {
    await pictured(shop.pen);
    await pictured(shop.book);
    const quotation = await quoted(300);
    const plain = await printed('wang', quotation.id, standardQuotation);
    const bytes = await printed('wang', quotation.id, withPictures);
    expect(await picturesIn(bytes)).toBe(300);
    expect(bytes.byteLength - plain.byteLength).toBeLessThan(200_000);
  });
});

test('a main picture that is no picture is a fault of the definition', () => {
  const definitions = shipped.definitions.map((definition) =>
    definition.type === 'item' ? { ...definition, face: { field: 'name', part: 'pictures', row: 'caption' } } : definition,
  );
  expect(proveDefinitions(new Catalogue(definitions, shipped.ledgers)).join('\n')).toContain(
    'item.face: name and pictures.caption are no pictures',
  );
});

/** How many pictures are painted on the pages. */
async function picturesIn(bytes: Uint8Array): Promise<number> {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  let count = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const { fnArray } = await (await document.getPage(number)).getOperatorList();
    count += fnArray.filter((operation) => operation === OPS.paintImageXObject || operation === OPS.paintImageXObjectRepeat).length;
  }
  await document.loadingTask.destroy();
  return count;
}
