import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { attachmentsMax } from '../../server/features/files/attachments.ts';
import { pathOf } from '../../server/features/files/disk.ts';
import { orphanAgeMs, sweepFiles } from '../../server/features/files/sweepFiles.ts';
import { fileRoutes } from '../../server/http/routes/files.ts';
import type { Problem } from '../../shared/contracts/wire.ts';
import { type Door, openDoor } from '../print-routes/door.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { bytesOf, png } from './samples.ts';

interface Uploaded {
  id: number;
  name: string;
  mediaType: string;
  size: number;
  width?: number;
}

describe.each(stores)('Files, on $name', (kind) => {
  let office: Office;
  let door: Door;
  let customer: StoredRecord;

  beforeAll(async () => {
    office = await openOffice(kind);
    door = await openDoor(office, fileRoutes);
    customer = await office.create('wang', 'customer', { name: '浙江宏远机电设备有限公司' });
  });

  afterAll(async () => {
    await door?.close();
    await office?.close();
  });

  const upload = (who: string, bytes: Uint8Array, name: string, headers: Record<string, string> = {}) =>
    door.ask(who, 'POST', '/api/files', bytes, { 'x-file-name': encodeURIComponent(name), ...headers });
  const uploaded = async (who: string, bytes: Uint8Array, name: string): Promise<Uploaded> => {
    const answer = await upload(who, bytes, name);
    expect(answer.status).toBe(201);
    return (await answer.json()) as Uploaded;
  };
  const refusal = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as Problem).code];
  const fetched = async (who: string, id: number): Promise<number> => (await door.ask(who, 'GET', `/api/files/${id}`)).status;

  test('a picture is kept under its hash and comes back as it was, never as a page of ours', async () => {
    const bytes = png(30, 20);
    const file = await uploaded('wang', bytes, '产品 图(1).png');
    expect(file).toMatchObject({ name: '产品 图(1).png', mediaType: 'image/png', size: bytes.byteLength, width: 30 });
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(readFileSync(pathOf(office.company, hash)).equals(bytes)).toBe(true);
    expect(readdirSync(join(office.company.folder, 'files', hash.slice(0, 2)))).toEqual([hash]);
    const answer = await door.ask('wang', 'GET', `/api/files/${file.id}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''%E4%BA%A7%E5%93%81%20%E5%9B%BE%281%29.png");
  });

  test.each([
    ['<!doctype html><script>alert(1)</script>', 'picture.png'],
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'logo.svg'],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'note.txt'],
    ['alert(document.cookie)', 'script.js'],
    ['<script>alert(1)</script>', 'x.pHaR'],
    ['\x89PNG\r\n\x1a\nnot a picture at all', 'broken.png'],
  ])('what a browser could run is an octet stream to be saved: %s', async (content, name) => {
    const file = await uploaded('wang', bytesOf(content), name);
    expect(file.mediaType).toBe('application/octet-stream');
    const answer = await door.ask('wang', 'GET', `/api/files/${file.id}`);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('programs and empty files are refused, whatever they are called', async () => {
    expect(await refusal(await upload('wang', bytesOf('MZ\x90\0'), 'picture.png'))).toEqual([400, 'file.program']);
    expect(await refusal(await upload('wang', bytesOf('\x7fELF\x02'), 'a'))).toEqual([400, 'file.program']);
    expect(await refusal(await upload('wang', bytesOf('echo off'), 'go.BAT'))).toEqual([400, 'file.program']);
    expect(await refusal(await upload('wang', new Uint8Array(0), 'empty.txt'))).toEqual([400, 'file.empty']);
    expect(await refusal(await upload('wang', new Uint8Array(20 * 1024 * 1024 + 1), 'long.bin'))).toEqual([413, 'request.tooLarge']);
    const badName = await door.ask('wang', 'POST', '/api/files', bytesOf('a'), { 'x-file-name': '%E4%B' });
    expect(await refusal(badName)).toEqual([400, 'file.badName']);
  });

  test('a picture of 900 megapixels is refused by its header', async () => {
    expect(await refusal(await upload('wang', png(30_000, 30_000), 'huge.png'))).toEqual([400, 'file.pictureTooLarge']);
  });

  test('a repeated upload with the same key is one file, another file with that key is refused', async () => {
    const key = { 'idempotency-key': 'upload-0001' };
    const first = (await (await upload('wang', bytesOf('once'), 'once.txt', key)).json()) as Uploaded;
    const again = (await (await upload('wang', bytesOf('once'), 'once.txt', key)).json()) as Uploaded;
    expect(again).toEqual(first);
    expect(await refusal(await upload('wang', bytesOf('other'), 'once.txt', key))).toEqual([422, 'idempotency.otherBody']);
  });

  test('a file belongs to whoever brought it, until a record that others see refers to it', async () => {
    const file = await uploaded('wang', png(8, 8), 'pen.png');
    expect(await fetched('wang', file.id)).toBe(200);
    expect(await fetched('chen', file.id)).toBe(404);
    expect(await fetched('chen', 999_999)).toBe(404);
    await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 11_300_000, picture: file.id });
    expect(await fetched('chen', file.id)).toBe(200);
    const side = await uploaded('wang', png(9, 9), 'side.png');
    await office.create('admin', 'item', { name: '铅笔', unit: '支', grossPrice: 11_300_000 }, { pictures: [{ picture: side.id }] });
    expect(await fetched('chen', side.id)).toBe(200);
    const logo = await uploaded('admin', png(10, 10), 'logo.png');
    expect(await fetched('li', logo.id)).toBe(404);
    await office.work('admin', (work) => storeSettings(work, { 'company.logo': logo.id }));
    expect(await fetched('li', logo.id)).toBe(200);
  });

  test('attachments follow the rights of their record and every one is audited', async () => {
    const path = `/api/records/customer/${customer.id}/attachments`;
    const scan = await uploaded('wang', bytesOf('%PDF-1.7 contract'), '合同.pdf');
    const { status, body } = await door.json<{ id: number; name: string }>('wang', 'POST', path, {
      file: scan.id,
      name: '../盖章合同.pdf',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ file: scan.id, name: '盖章合同.pdf', mediaType: 'application/pdf', byName: 'wang' });
    const seen = await door.json<{ rows: unknown[] }>('chen', 'GET', path);
    expect(seen.body.rows).toEqual([body]);
    expect(await fetched('chen', scan.id)).toBe(200);
    expect(await fetched('li', scan.id)).toBe(404);
    expect((await door.json<Problem>('li', 'GET', path)).body.code).toBe('record.notFound');
    expect((await door.json<Problem>('chen', 'POST', path, { file: scan.id })).body.code).toBe('access.denied');
    expect((await door.json<Problem>('chen', 'DELETE', `/api/attachments/${body.id}`)).body.code).toBe('access.denied');
    expect((await door.json<Problem>('li', 'DELETE', `/api/attachments/${body.id}`)).body.code).toBe('record.notFound');
    expect((await door.json('wang', 'DELETE', `/api/attachments/${body.id}`)).status).toBe(200);
    expect((await door.json<{ rows: unknown[] }>('wang', 'GET', path)).body.rows).toEqual([]);
    expect(await fetched('chen', scan.id)).toBe(404);
    const deeds = await office.company.store.read((tx) =>
      tx('audit').where({ type: 'customer', record_id: customer.id }).orderBy('seq').pluck('action'),
    );
    expect(deeds).toEqual(['create', 'attach', 'refused', 'refused', 'detach']);
  });

  test('nobody hangs on a record what they could not have themselves, and a record holds a hundred files at most', async () => {
    const path = `/api/records/customer/${customer.id}/attachments`;
    const secret = await uploaded('zhao', bytesOf('salaries'), 'salaries.txt');
    expect((await door.json<Problem>('wang', 'POST', path, { file: secret.id })).body.code).toBe('record.notFound');
    const mine = await uploaded('wang', bytesOf('mine'), 'mine.txt');
    const row = {
      type: 'customer',
      record_id: customer.id,
      file: mine.id,
      name: 'mine.txt',
      created_at: '2026-11-01T00:00:00.000Z',
      created_by: 0,
    };
    await office.company.store.write((tx) => tx('attachments').insert(Array.from({ length: attachmentsMax }, () => row)));
    expect((await door.json<Problem>('wang', 'POST', path, { file: mine.id })).body.code).toBe('file.tooMany');
    await office.company.store.write((tx) => tx('attachments').where({ file: mine.id }).delete());
  });

  test('a file the disk has lost is answered as missing', async () => {
    const file = await uploaded('wang', bytesOf('soon gone'), 'gone.txt');
    rmSync(pathOf(office.company, createHash('sha256').update('soon gone').digest('hex')));
    expect(await refusal(await door.ask('wang', 'GET', `/api/files/${file.id}`))).toEqual([404, 'file.missing']);
    // The same bytes brought again heal it.
    await uploaded('wang', bytesOf('soon gone'), 'gone.txt');
    expect(await fetched('wang', file.id)).toBe(200);
  });

  test('the sweep removes what nothing refers to after a day, and nothing else', async () => {
    const kept = await uploaded('wang', png(11, 11), 'kept.png');
    const orphan = await uploaded('wang', bytesOf('orphan'), 'orphan.txt');
    const purged = await uploaded('wang', bytesOf('purged'), 'purged.txt');
    const binned = await office
      .create('wang', 'item', { name: '尺', unit: '把', grossPrice: 11_300_000, picture: kept.id })
      .catch(() => office.create('admin', 'item', { name: '尺', unit: '把', grossPrice: 11_300_000, picture: kept.id }));
    await office.company.store.write((tx) =>
      tx('items').where({ id: binned.id }).update({ deleted_at: '2026-11-01T00:00:00.000Z', deleted_by: 1 }),
    );
    await office.company.store.write((tx) =>
      tx('attachments').insert({
        type: 'customer',
        record_id: 999_999,
        file: purged.id,
        name: 'x',
        created_at: '2026-11-01T00:00:00.000Z',
        created_by: 0,
      }),
    );
    const stray = join(office.company.folder, 'files', 'ab');
    mkdirSync(stray, { recursive: true });
    writeFileSync(join(stray, 'half.part'), 'half');
    const pathOfText = (text: string) => pathOf(office.company, createHash('sha256').update(text).digest('hex'));
    expect(await sweepFiles(office.company)).toEqual({ rows: 0, files: 0 });
    const real = clock.now;
    clock.now = () => real() + orphanAgeMs + 60_000;
    try {
      const fresh = pathOfText('fresh');
      mkdirSync(join(fresh, '..'), { recursive: true });
      writeFileSync(fresh, 'fresh');
      utimesSync(fresh, clock.now() / 1000, clock.now() / 1000);
      await sweepFiles(office.company);
      expect(existsSync(fresh)).toBe(true);
    } finally {
      clock.now = real;
    }
    expect(await fetched('wang', kept.id)).toBe(200);
    expect(await fetched('wang', orphan.id)).toBe(404);
    expect(await fetched('wang', purged.id)).toBe(404);
    for (const gone of [pathOfText('orphan'), pathOfText('purged'), join(stray, 'half.part')]) expect(existsSync(gone)).toBe(false);
  });

  test('when the disk refuses the bytes no row is written and no half file stays', async () => {
    const content = 'nowhere to go';
    const hash = createHash('sha256').update(content).digest('hex');
    const folder = join(office.company.folder, 'files');
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, 'a file where the folder should be');
    const before = await office.company.store.read((tx) => tx('files').where({ hash }).select('id'));
    expect((await upload('wang', bytesOf(content), 'x.txt')).status).toBe(500);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    expect(before).toEqual([]);
    expect(await office.company.store.read((tx) => tx('files').where({ hash }).select('id'))).toEqual([]);
  });
});
