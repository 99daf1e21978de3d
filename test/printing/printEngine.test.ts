import { crc32, deflateSync } from 'node:zlib';
import pdfmake from 'pdfmake';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { composePages } from '../../server/features/printing/composePages.ts';
import { drawPdf, preparePdf } from '../../server/features/printing/drawPdf.ts';
import { loadTypefaces, printable } from '../../server/features/printing/fonts.ts';
import { checkPicture } from '../../server/features/printing/pictures.ts';
import { PrintPool } from '../../server/features/printing/printPool.ts';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import { settingOf } from '../../server/features/printing/setting.ts';
import { wrapText } from '../../server/features/printing/wrapText.ts';
import { deliveryNoteContinuous } from '../../shared/printing/standard/deliveryNote.ts';
import { quotation } from '../../shared/printing/standard/quotation.ts';
import type { Block } from '../../shared/printing/template.ts';
import { readPdf } from './readPdf.ts';
import { commercialData } from './samples.ts';

const faces = loadTypefaces();
const note = commercialData('stockOut', 'zh-CN', 3);
const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code });

afterAll(closePrinting);

describe('the line before the printers', () => {
  const script = new URL('../../server/features/printing/printWorker.ts', import.meta.url);
  const limits = { workers: 1, waitingMax: 2, timeoutMs: 60_000, memoryMaxMb: 512, patienceMs: 20, spareAfterMs: 20 };
  const request = { template: quotation, data: commercialData('quotation', 'zh-CN', 1), language: 'zh-CN' } as const;
  let pool: PrintPool;
  afterEach(() => pool.close());

  test('when too many wait, the next is told to come back later and the others are served', async () => {
    pool = new PrintPool(script, limits);
    const prints = [pool.print(request), pool.print(request), pool.print(request)];
    await expect(pool.print(request)).rejects.toEqual(refusal('print.busy'));
    expect((await Promise.all(prints)).every((pdf) => pdf.byteLength > 1000)).toBe(true);
  });

  test('a print that takes too long is given up, and the next one is printed', async () => {
    pool = new PrintPool(script, { ...limits, timeoutMs: 1 });
    await expect(pool.print(request)).rejects.toEqual(refusal('print.tooSlow'));
    await pool.close();
    pool = new PrintPool(script, limits);
    expect((await pool.print(request)).byteLength).toBeGreaterThan(1000);
  });

  test('a print that goes wrong is a fault with its reason, and the worker goes on', async () => {
    pool = new PrintPool(script, limits);
    const broken = { ...request, template: { ...quotation, blocks: [{ kind: 'title' } as Block, null as unknown as Block] } };
    await expect(pool.print(broken)).rejects.toThrow(/printing failed/);
    expect((await pool.print(request)).byteLength).toBeGreaterThan(1000);
  });

  test('behind a long print another worker takes the next one', async () => {
    pool = new PrintPool(script, { ...limits, workers: 2 });
    const long = { ...request, data: commercialData('quotation', 'zh-CN', 2000) };
    const finished: string[] = [];
    await Promise.all([pool.print(long).then(() => finished.push('long')), pool.print(request).then(() => finished.push('short'))]);
    expect(finished).toEqual(['short', 'long']);
  });

  test('what is still waiting at the end of the server is given up', async () => {
    pool = new PrintPool(script, limits);
    const prints = [pool.print(request), pool.print(request)];
    const ends = prints.map((print) => expect(print).rejects.toEqual(refusal('print.busy')));
    await pool.close();
    await Promise.all(ends);
  });
});

describe('what cannot be printed', () => {
  const pagesOf = (template: typeof quotation, data = note) =>
    composePages(settingOf({ template, data, language: 'zh-CN' }, faces, new Map()));

  test('a head that leaves no room for a single line', () => {
    const head: Block = { kind: 'space', heightTenthMm: 1200, onEveryPage: true };
    expect(() => pagesOf({ ...deliveryNoteContinuous, blocks: [head, ...deliveryNoteContinuous.blocks] })).toThrowError(
      refusal('print.noRoom'),
    );
  });

  test('more columns of figures than any print makes room for', () => {
    const columns = Array.from({ length: 24 }, () => ({ field: 'quantity', label: '数量数量数量' }));
    const lines = note.lines
      .slice(0, 1)
      .map((line) => ({ ...line, quantity: { kind: 'quantity' as const, value: Number.MAX_SAFE_INTEGER } }));
    expect(() => pagesOf({ ...deliveryNoteContinuous, blocks: [{ kind: 'table', columns }] }, { ...note, lines })).toThrowError(
      refusal('print.tooNarrow'),
    );
  });

  test('lines of which the reader may see no field', () => {
    const table: Block = { kind: 'table', columns: [{ field: 'cost' }] };
    expect(() => pagesOf({ ...quotation, blocks: [table] })).toThrowError(refusal('print.noColumns'));
  });

  test('a document of more than two thousand pages', () => {
    const table: Block = { kind: 'table', columns: [{ field: 'quantity' }], rowsPerPage: 1 };
    const lines = Array.from({ length: 2002 }, () => ({ quantity: { kind: 'quantity' as const, value: 1 } }));
    expect(() => pagesOf({ ...quotation, blocks: [table] }, { ...note, lines })).toThrowError(refusal('print.tooLong'));
  });
});

describe('pictures', () => {
  test('a company’s picture stands on every page and keeps its proportions', async () => {
    const company = { ...note.company, logo: { kind: 'picture' as const, value: png(40, 20) } };
    const bytes = await renderPdf(quotation, { ...commercialData('quotation', 'zh-CN', 60), company }, { language: 'zh-CN' });
    const setting = settingOf(
      { template: quotation, data: { ...note, company }, language: 'zh-CN' },
      faces,
      new Map([['company.logo', checkPicture(png(40, 20))]]),
    );
    const [logo] = composePages(setting)[0]?.filter((mark) => mark.kind === 'picture') ?? [];
    expect(logo).toMatchObject({ kind: 'picture', name: 'company.logo' });
    if (logo?.kind === 'picture') expect(logo.width / logo.height).toBeCloseTo(2);
    expect(Buffer.from(bytes).toString('latin1')).toContain('/Subtype /Image');
    expect((await readPdf(bytes)).length).toBeGreaterThan(1);
  });

  test('what is no PNG or JPEG by its bytes is refused, whatever it is called', async () => {
    for (const bytes of ['<svg onload="x"/>', 'GIF89a', '%PDF-1.7', ''].map((head) => new Uint8Array(Buffer.from(head)))) {
      expect(() => checkPicture(bytes)).toThrowError(refusal('print.pictureType'));
    }
    const company = { logo: { kind: 'picture' as const, value: new Uint8Array(Buffer.from('file:///etc/passwd')) } };
    await expect(renderPdf(quotation, { ...note, company }, { language: 'zh-CN' })).rejects.toEqual(refusal('print.pictureType'));
  });

  test('a picture that is too heavy, too wide, cut off or a bomb is refused', () => {
    expect(() => checkPicture(new Uint8Array(2 * 1024 * 1024 + 1))).toThrowError(refusal('print.pictureTooLarge'));
    expect(() => checkPicture(png(4001, 1))).toThrowError(refusal('print.pictureTooLarge'));
    expect(() => checkPicture(png(10, 10).subarray(0, 48))).toThrowError(refusal('print.pictureType'));
    expect(() => checkPicture(png(10, 10, Buffer.alloc(50_000_000)))).toThrowError(refusal('print.pictureType'));
    expect(checkPicture(png(4000, 2))).toMatchObject({ widthPx: 4000, heightPx: 2, type: 'png' });
  });
});

test('the engine opens no file and no address, whatever a document asks of it', async () => {
  preparePdf(faces);
  const denied = (content: object) => pdfmake.createPdf({ content: [content], defaultStyle: { font: 'NotoSansSC' } } as never).getBuffer();
  await expect(denied({ image: '/etc/hostname' })).rejects.toThrow(/denied/);
  await expect(denied({ image: 'http://127.0.0.1:9/a.png' })).rejects.toThrow(/denied/);
});

test('the file carries its title for whoever keeps it', async () => {
  preparePdf(faces);
  const setting = settingOf({ template: quotation, data: { ...note, title: '报价单' }, language: 'zh-CN' }, faces, new Map());
  const bytes = await drawPdf([{ pages: composePages(setting), setting }]);
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
});

describe('breaking lines', () => {
  const wrapped = (said: string, widthPt: number) => wrapText(said, { face: faces.regular, sizePt: 10, widthPt });

  test('no line begins with closing punctuation or ends with an opening bracket', () => {
    for (let width = 40; width < 120; width += 1) {
      for (const line of wrapped('交货日期（以签收为准），如有变更，另行通知；地点：仓库。', width)) {
        expect(line).not.toMatch(/^[，。；：）]/);
        expect(line).not.toMatch(/（$/);
      }
    }
  });

  test('words and figures stay whole while a line holds them, and every line fits', () => {
    const lines = wrapped('Deep groove ball bearing 6204-2RS 深沟球轴承 1,234,567.89 元', 62);
    expect(lines).toContain('1,234,567.89');
    expect(lines.join('').replaceAll(' ', '')).toBe('Deepgrooveballbearing6204-2RS深沟球轴承1,234,567.89元');
    for (const line of lines) expect(faces.regular.widthOf(line, 10)).toBeLessThanOrEqual(62.01);
  });

  test('line breaks of the writer stay, and nothing invisible is printed', () => {
    expect(wrapped(printable('第一行\r\n第二\u200b行\t完\u0000', faces), 500)).toEqual(['第一行', '第二行 完']);
    expect(wrapped('', 100)).toEqual(['']);
  });
});

/** A grey PNG of this size, with other pixel data on demand. */
function png(width: number, height: number, pixels: Buffer = Buffer.alloc((width + 1) * height, 120)): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const filtered = Buffer.from(pixels);
  for (let row = 0; row < height; row += 1) filtered[row * (width + 1)] = 0;
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(filtered)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
