import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseNetworkFolder } from '../../server/database/engines/networkFolder.ts';
import { openStore } from '../../server/database/openStore.ts';
import { readTable } from '../../server/database/tableSpec.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradepost-sqlite-'));
  file = join(folder, 'company.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (readOnly = false) => openStore({ engine: 'sqlite', file, readOnly });

test('every connection waits until the disk has what was confirmed', async () => {
  const store = await open();
  const settings = async (tx: { raw: (sql: string) => unknown }) => [
    await tx.raw('pragma synchronous'),
    await tx.raw('pragma journal_mode'),
    await tx.raw('pragma foreign_keys'),
  ];
  const wanted = [[{ synchronous: 2 }], [{ journal_mode: 'wal' }], [{ foreign_keys: 1 }]];
  expect(await store.write(settings)).toEqual(wanted);
  // Four readers at once, so that each has a connection of its own.
  let arrived = 0;
  let open4: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open4 = resolve));
  const readers = Array.from({ length: 4 }, () =>
    store.read(async (tx) => {
      if (++arrived === 4) open4();
      await all;
      return settings(tx);
    }),
  );
  expect(await Promise.all(readers)).toEqual([wanted, wanted, wanted, wanted]);
  await store.close();
});

test('a second server on the same folder is refused and told who is there', async () => {
  const store = await open();
  await expect(open()).rejects.toMatchObject({ code: 'database.inUse', facts: { pid: process.pid, host: hostname() } });
  await store.close();
  await (await open()).close();
});

test('another process that holds the database is named, and its place is free once it was killed', async () => {
  const holder = spawn(process.execPath, ['--input-type=module', '-e', holdScript(file)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  await expect(open()).rejects.toMatchObject({ code: 'database.inUse', facts: { pid: holder.pid } });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (await open()).close();
});

function holdScript(path: string): string {
  const module = new URL('../../server/database/openStore.ts', import.meta.url).href;
  return `
    const { openStore } = await import(${JSON.stringify(module)});
    await openStore({ engine: 'sqlite', file: ${JSON.stringify(path)} });
    console.log('held');
    setInterval(() => undefined, 1000);`;
}

test('workers read beside the server, and only read', async () => {
  const store = await open();
  await store.write((tx) => store.dialect.createTable(tx, readTable('table tills\n id integer, name text')));
  const worker = await open(true);
  await store.write(async (tx) => void (await tx('tills').insert({ name: 'A' })));
  expect(await worker.read((tx) => tx('tills').pluck('name'))).toEqual(['A']);
  await expect(worker.write((tx) => tx('tills').insert({ name: 'B' }))).rejects.toThrow('reading only');
  await worker.close();
  await store.close();
});

test('a folder of another machine is no place for the database', () => {
  expect(() => refuseNetworkFolder(file)).not.toThrow();
  const refusedAs = (type: number) => {
    try {
      refuseNetworkFolder(file, type);
      return null;
    } catch (refusal) {
      return refusal;
    }
  };
  expect(refusedAs(0x6969)).toMatchObject({ code: 'database.networkFolder', facts: { fileSystem: 'nfs' } });
  // statfs may give the number with its sign.
  expect(refusedAs(0xff534d42 | 0)).toMatchObject({ code: 'database.networkFolder', facts: { fileSystem: 'cifs' } });
  expect(refusedAs(0xef53)).toBeNull();
});

test('a table takes whole numbers and text only where they belong', async () => {
  const store = await open();
  await store.write((tx) => store.dialect.createTable(tx, readTable('table tills\n id integer, held integer?, name text?')));
  await expect(store.write((tx) => tx('tills').insert({ held: 'much' }))).rejects.toThrow(/cannot store TEXT/);
  await store.close();
});

test('a number is never given twice, not even after the last record is gone', async () => {
  const store = await open();
  await store.write((tx) => store.dialect.createTable(tx, readTable('table tills\n id integer, name text')));
  const ids = await store.write(async (tx) => {
    const [first] = await tx('tills').insert({ name: 'A' }).returning('id');
    await tx('tills').delete();
    const [second] = await tx('tills').insert({ name: 'B' }).returning('id');
    return [first.id, second.id];
  });
  expect(ids).toEqual([1, 2]);
  await store.close();
});
