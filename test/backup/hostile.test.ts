import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDatabase, loadFiles } from '../../server/backup/loadBackup.ts';
import { entryNames, type Manifest } from '../../server/backup/manifest.ts';
import { openArchive } from '../../server/backup/readArchive.ts';
import { type ArchiveEntries, writeArchive } from '../../server/backup/writeArchive.ts';
import { newestMigration } from '../../server/database/migrate.ts';
import { type TableSpec, writeTable } from '../../server/database/tableSpec.ts';
import { tablesFor } from '../../server/database/tables.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { stores } from '../scenarios/office.ts';
import { headOf } from './manifestHead.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradepost-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Such archives are whole: whoever makes one also makes its manifest and its seal.
async function forged(fill: (entries: ArchiveEntries) => Promise<unknown>, tables: Manifest['tables'] = []) {
  const path = join(folder, 'forged.zip');
  await writeArchive(path, async (entries) => {
    await fill(entries);
    return { ...headOf(), tables };
  });
  return openArchive(path);
}

describe('files of an archive somebody made up', () => {
  test.each([
    'files/../../escaped',
    'files/../escaped',
    'files/ab/..',
    `files/ab/${'a'.repeat(64)}/../../escaped`,
    `files/AB/${'a'.repeat(64)}`,
    `files/cd/${'a'.repeat(64)}`,
    // The right form of a name, but not of these bytes.
    `files/aa/${'a'.repeat(64)}`,
  ])('%s is refused and nothing is written', async (name) => {
    const home = mkdtempSync(join(folder, 'home-'));
    const entered = forged((entries) => entries.add(name, () => pieces('a trap'), true));
    const refused = await entered.then(
      async (archive) => {
        try {
          return await loadFiles(home, archive).then(
            () => 'taken',
            (fault: { code?: string }) => fault.code,
          );
        } finally {
          archive.close();
        }
      },
      (fault: { code?: string; message: string }) => fault.code ?? fault.message,
    );
    expect(refused).not.toBe('taken');
    expect(refused).toMatch(/^backup\.|invalid relative path/);
    expect(readdirSync(home)).toEqual([]);
    expect(existsSync(join(folder, 'escaped'))).toBe(false);
  });
});

test('a manifest that says what none says is refused', async () => {
  const path = join(folder, 'manifest.zip');
  await writeArchive(path, async () => ({ ...headOf(), script: 'run me' }));
  await expect(openArchive(path)).rejects.toMatchObject({ code: 'backup.damaged' });
});

describe.each(stores)('tables of an archive somebody made up, on $name', (kind) => {
  const tables = tablesFor(catalogue.definitions);
  const withTables = (change: (table: TableSpec) => TableSpec, more = '') =>
    forged(
      async (entries) => {
        const parentsFirst = [...tables.filter(({ rowsOf }) => !rowsOf), ...tables.filter(({ rowsOf }) => rowsOf)];
        await entries.add(entryNames.schema, () => pieces(parentsFirst.map((table) => writeTable(change(table))).join('\n\n') + more));
        const migrated = `["number","name","at"]\n[${newestMigration},"all","2026-11-22T00:00:00.000Z"]\n`;
        await entries.add(entryNames.table('migrations'), () => pieces(migrated));
      },
      [{ name: 'migrations', rows: 1, last: null }],
    );
  async function loadInto(archive: Awaited<ReturnType<typeof forged>>): Promise<string> {
    const store = await kind.open();
    try {
      return await loadDatabase(store, archive, { catalogue }).then(
        () => 'taken',
        (fault: { code?: string; message: string }) => fault.code ?? fault.message,
      );
    } finally {
      archive.close();
      await store.close();
    }
  }

  test('ours are taken', async () => {
    expect(await loadInto(await withTables((table) => table))).toBe('taken');
  });

  test('a table nobody knows is refused', async () => {
    expect(await loadInto(await withTables((table) => table, '\n\ntable trapdoors\n  id integer, door text'))).toBe('backup.damaged');
  });

  test('an audit trail that could be changed is refused', async () => {
    expect(await loadInto(await withTables((table) => ({ ...table, appendOnly: false })))).toBe('backup.damaged');
  });

  test('a number series without its index, so that numbers could come twice, is refused', async () => {
    expect(await loadInto(await withTables((table) => ({ ...table, indexes: [] })))).toBe('backup.damaged');
  });

  test('words that are SQL instead of a table are read by nobody', async () => {
    const archive = await forged((entries) =>
      entries.add(entryNames.schema, () => pieces('create trigger steal after insert on users begin select 1; end')),
    );
    expect(await loadInto(archive)).toBe('backup.damaged');
  });
});

async function* pieces(text: string): AsyncIterable<string> {
  yield text;
}
